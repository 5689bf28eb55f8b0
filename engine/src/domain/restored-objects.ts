/**
 * Whether the objects of a restored bucket can be written.
 *
 * Pure: reads a ledger.
 * Source   AWS Backup developer guide, "Encryption for backups": a role that cannot use the key of objects restores a bucket
 *          without them, and its job is successful. B8 (EncryptionType, KMSKey). Assumed: `original`, which counts where
 *          nothing is said, is the key of the bucket that was backed up; that one key is of all objects.
 * Spec     restore-job.md, vault-notifications.md
 */
import type { Ledger } from './ledger';
import { NO_REASON } from './reasons';
import { valueOf } from './restore-job';
import type { RestoreJob } from './restore-runs';

export function failsToWriteObjects({ keys }: Ledger, { resource, request }: RestoreJob): boolean {
  const { service, declaration } = resource;
  if (service.id !== 's3' || keys.unusable === 0) {
    return false;
  }
  const type = (valueOf(request.metadata, 'EncryptionType') ?? 'original').toUpperCase();
  const given = type === 'SSE-KMS' ? valueOf(request.metadata, 'KMSKey') : undefined;
  return keys.refusalOf(type === 'ORIGINAL' ? declaration.encryptedWith : given) !== NO_REASON;
}
