import * as fs from 'node:fs';
import * as path from 'node:path';
import { EffectivePolicies, EffectivePolicy } from '@holdfast/model';

/** Writes the effective policies of accounts into the cloud assembly. */
export function writePreview(outdir: string, file: string, policies: EffectivePolicy[]): void {
  const document: unknown = EffectivePolicies.document(policies);
  fs.writeFileSync(path.join(outdir, file), `${JSON.stringify(document, undefined, 2)}\n`);
}
