// A real client of AWS Backup whose wire is a list of answers, so that retries are those of the SDK.
import { BackupClient } from '@aws-sdk/client-backup';

/** What the other end answers. */
export interface Wire {
  readonly status: number;
  readonly body: unknown;
}

/** A client that gets these answers one after the other, and what it asked for. */
export function answering(answers: readonly Wire[]): { client: BackupClient; paths: string[] } {
  const paths: string[] = [];
  const client = new BackupClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 8,
    requestHandler: {
      handle: async (request: { readonly method: string; readonly path: string }) => {
        const { status, body } = answers[paths.length]!;
        paths.push(`${request.method} ${request.path}`);
        return { response: response(status, body) };
      },
    } as never,
  });
  return { client, paths };
}

function response(statusCode: number, body: unknown): object {
  const bytes = body === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body));
  return { statusCode, headers: { 'content-type': 'application/json' }, body: bytes };
}
