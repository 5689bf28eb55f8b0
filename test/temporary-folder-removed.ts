import * as fs from 'node:fs';

/** Each project of a run asks for it; the folder is gone after the last test of all. */
export default function temporaryFolderRemoved(): void {
  const folder = process.env.HOLDFAST_TEST_FOLDER;
  if (folder !== undefined) {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
