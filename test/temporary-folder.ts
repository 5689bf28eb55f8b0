import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/**
 * All that tests, and the programs that they run, leave in the machine's folder for temporary files goes into one of the run,
 * which is removed at its end: an app of the CDK or of Terraform CDK leaves its output there, thousands in a run.
 */
export default function temporaryFolder(): void {
  process.env.HOLDFAST_TEST_FOLDER ??= fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-tests-'));
  process.env.TMPDIR = process.env.HOLDFAST_TEST_FOLDER;
}
