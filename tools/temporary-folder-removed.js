// After the last test: removes what tools/temporary-folder.js made.
'use strict';
const fs = require('node:fs');

module.exports = function temporaryFolderRemoved() {
  const folder = process.env.HOLDFAST_TEST_FOLDER;
  if (folder !== undefined) {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
};
