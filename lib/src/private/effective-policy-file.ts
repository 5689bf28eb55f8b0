import * as fs from 'node:fs';
import * as path from 'node:path';
import { EffectivePolicy } from '@holdfast/model';

/** Writes the effective policies of accounts into the cloud assembly (schema docs/schemas/holdfast.effective-policies-1.json). */
export function writePreview(outdir: string, file: string, policies: readonly EffectivePolicy[]): void {
  const accounts = policies.map(({ accountId: account, path: place, content, settings, ignored, findings }) => ({
    account,
    path: place,
    content: content as unknown,
    settings,
    ignored,
    findings,
  }));
  const preview = { schema: 'holdfast.effective-policies/1', accounts };
  fs.writeFileSync(path.join(outdir, file), `${JSON.stringify(preview, undefined, 2)}\n`);
}
