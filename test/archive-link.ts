import type { Customer } from './customer.ts';
import { until } from './until.ts';

/** Requests an archive of the customer's data, waits until it is ready, and returns the path of a link to it. */
export async function archiveLink(customer: Customer): Promise<string> {
  const confirmation = await customer.confirm();
  const { exportMyData } = await customer.request<{ exportMyData: { dataExport: { id: string } } }>(
    'mutation ($input: ConfirmedInput) { exportMyData(input: $input) { dataExport { id } } }',
    { input: { confirmation } },
  );
  await until('a ready archive', async () => {
    const query = '{ viewer { dataExport { state } } }';
    const { viewer } = await customer.request<{ viewer: { dataExport: { state: string } } }>(query);
    return viewer.dataExport.state === 'READY';
  });
  const { downloadMyData } = await customer.request<{ downloadMyData: { path: string } }>(
    'mutation ($input: DownloadMyDataInput!) { downloadMyData(input: $input) { path } }',
    { input: { exportId: exportMyData.dataExport.id, confirmation } },
  );
  return downloadMyData.path;
}
