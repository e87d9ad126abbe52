import type { Period } from './components/date-range.tsx';
import { faultOf, send } from './graph/connection.ts';
import { faultSentence } from './graph/refusals.ts';
import { session } from './session/session.ts';

/** Downloads the statement as a file. Returns null, or a sentence for the person where that fails. */
export async function downloadStatement(accountId: string, { from, to }: Period): Promise<string | null> {
  const range = new URLSearchParams({ ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) });
  try {
    const token = await session.accessToken();
    const response = await send(`/statements/${accountId}.csv?${range.toString()}`, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw await faultOf(response);
    const url = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = fileNameOf(response);
    link.click();
    URL.revokeObjectURL(url);
    return null;
  } catch (error) {
    return faultSentence(error);
  }
}

/** The server names the file after the account and the period. */
function fileNameOf({ headers }: Response): string {
  return /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1] ?? 'statement.csv';
}
