import { describe, expect, test } from '@jest/globals';
import { ownReference, viewerOf, viewerReference } from './identity.ts';

describe('the viewer of a request', () => {
  const valid = {
    token: 'valid',
    viewer: { id: 'user-1', email: 'ada@example.com', name: 'Ada', sessionId: 'session-1', roles: [] },
    authorization: 'Bearer x',
    expiresAt: new Date(),
  } as const;

  test.each(['none', 'bad'] as const)('is required: a request whose token is %s is refused', (kind) => {
    const refused = expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } });
    expect(() => viewerOf({ token: kind })).toThrow(refused);
    expect(() => ownReference({ id: 'user-1' }, { token: kind })).toThrow(refused);
    expect(viewerReference({ token: kind })).toBeNull();
  });

  test('can be referenced by the viewer only', () => {
    expect(ownReference({ id: 'user-1' }, valid)).toEqual({ id: 'user-1' });
    expect(ownReference({ id: 'user-2' }, valid)).toBeNull();
    expect(viewerReference(valid)).toEqual({ id: 'user-1' });
  });
});
