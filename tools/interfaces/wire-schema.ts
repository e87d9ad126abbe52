import { z } from 'zod';
import type { JsonObject } from '../json.ts';

/** As it is on its way, between encoder and decoder; AsyncAPI's own dialect of JSON Schema is that of draft 7. */
export function wireSchema(type: z.ZodType): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'input', target: 'draft-7' });
  return schema as JsonObject;
}
