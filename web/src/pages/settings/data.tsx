import { useMutation, useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { Button } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { Notice } from '../../components/states.tsx';
import { downloadFile } from '../../download-file.ts';
import { DataExportDocument, DownloadMyDataDocument, ExportMyDataDocument } from '../../graph/operations.generated.ts';
import { shortTime } from '../../time.ts';

const pollMs = 1_000;

/** The archive of the person's data: requested, ready, downloaded once. */
export function Data() {
  const { data, refetch, startPolling, stopPolling } = useQuery(DataExportDocument);
  const newest = data?.viewer?.dataExport ?? null;
  const isWaiting = newest?.state === 'REQUESTED';
  useEffect(() => {
    if (!isWaiting) return undefined;
    startPolling(pollMs);
    return stopPolling;
  }, [isWaiting, startPolling, stopPolling]);

  const [exportMyData] = useMutation(ExportMyDataDocument);
  const [downloadMyData] = useMutation(DownloadMyDataDocument);
  const request = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const { data } = await exportMyData({ variables: { input: { confirmation } } });
        void refetch();
        return data?.exportMyData?.userErrors ?? [];
      }),
  );
  const download = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const { data } = await downloadMyData({ variables: { input: { exportId: newest?.id ?? '', confirmation } } });
        const { path, userErrors = [] } = data?.downloadMyData ?? {};
        const failed = path == null ? null : await downloadFile(path, 'my-data.json');
        void refetch();
        return failed === null ? userErrors : [{ code: 'EXPORT_NOT_READY' as const, message: failed, field: null }];
      }),
  );

  return (
    <Section title="Your data">
      <p className="row-detail">
        Download everything we keep about you as one file: your profile, accounts, history, orders and messages.
      </p>
      {newest?.state === 'READY' ? (
        <Form submission={download} label="Download your data">
          <Notice kind="success">
            Your data is ready. You can download it once
            {newest.expiresAt != null && `, until ${shortTime(newest.expiresAt)}`}.
          </Notice>
          <div className="buttons">
            <Button type="submit" isPending={download.isPending}>
              Download your data
            </Button>
          </div>
        </Form>
      ) : (
        <Form submission={request} label="Request your data">
          {newest?.state === 'DOWNLOADED' && <p className="row-detail">Your last archive was downloaded.</p>}
          <div className="buttons">
            <Button type="submit" isPending={request.isPending || isWaiting}>
              {isWaiting ? 'Preparing your data' : 'Request your data'}
            </Button>
          </div>
        </Form>
      )}
    </Section>
  );
}
