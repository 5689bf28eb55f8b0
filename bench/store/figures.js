// How the parts of the bench print, and what they ask of the machine.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

function line(name, value) {
  console.log(`${name.padEnd(35)}${value}`);
}

function mib(bytes) {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en-US')} MiB`;
}

/** Seconds that work takes. */
async function seconds(work) {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e9;
}

function peakMemory() {
  return mib(process.resourceUsage().maxRSS * 1024);
}

/** What the processors worked for this process so far, which other processes change little. */
function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** What the files of a folder have, in bytes. */
function bytesBelow(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.path, entry.name)).size, 0);
}

module.exports = { bytesBelow, line, mib, peakMemory, processorSeconds, seconds };
