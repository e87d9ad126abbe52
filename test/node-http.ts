import { type IncomingMessage, request as startRequest } from 'node:http';

export interface Reply {
  readonly status: number | undefined;
  readonly text: string;
}

/** Sends a request with node:http, since `fetch` refuses some headers. */
export async function send(url: string, headers: Record<string, string>, body?: string): Promise<Reply> {
  const method = body === undefined ? 'GET' : 'POST';
  return await new Promise((resolve, reject) => {
    const request = startRequest(url, { method, headers, agent: false }, (response: IncomingMessage) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
      response.on('error', reject);
      // The client must end an event stream.
      if (response.headers['content-type']?.startsWith('text/event-stream') === true) {
        response.once('data', () => request.destroy());
        response.on('close', () => resolve({ status: response.statusCode, text }));
      }
    });
    request.on('error', reject);
    request.end(body);
  });
}
