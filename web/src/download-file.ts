import { faultOf, send } from './graph/connection.ts';
import { faultSentence } from './graph/refusals.ts';
import { session } from './session/session.ts';

/** Downloads a path of the server as a file. Returns null, or a sentence for the person where that fails. */
export async function downloadFile(path: string, fallbackName: string): Promise<string | null> {
  try {
    const token = await session.accessToken();
    const response = await send(path, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
    if (!response.ok) throw await faultOf(response);
    const url = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = fileNameOf(response) ?? fallbackName;
    link.click();
    URL.revokeObjectURL(url);
    return null;
  } catch (error) {
    return faultSentence(error);
  }
}

/** The name that the server gives the file. */
function fileNameOf({ headers }: Response): string | undefined {
  return /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1];
}
