import { Client } from 'pg';

/** Runs the work on a connection of its own, such as an administrator's or an owner's. */
export async function connected<Result>(
  connectionString: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000, keepAlive: true });
  // A lost connection fails the statement that uses it. Without a listener, its error event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether the server accepts a connection with this URL's user and password. Another program on that port would not. */
export async function acceptsConnection(connectionString: string): Promise<boolean> {
  try {
    await connected(connectionString, async () => undefined);
    return true;
  } catch {
    return false;
  }
}
