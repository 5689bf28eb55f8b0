// The order of the files of tests: those that take or wait longest first, so that no worker is left with one of them at the
// end. Where Jest remembers how long each took it does this by itself; on a fresh machine it goes by the size of files.
'use strict';
const { default: Sequencer } = require('@jest/test-sequencer');

/** By what they took on two cores, the longest first. */
const LONG = [
  /engine\/wire\/(terraform|cdk)-/,
  /simulation\/simulation\.sim/,
  /engine\/wire\/suite\/suite/,
  /host\/served-databases/,
  /engine\/content\/postgres/,
  /engine\/attack\/three-accounts/,
  /engine\/live\/inventory/,
  /test\/examples\//,
  /engine\/scenarios\/invariants/,
  /testing\/vitest/,
  /provider\/terraform\.test/,
  /wire\/fuzz\//,
  /engine\/wire\/round-trip/,
  /engine\/(content|host|report|adopt)\//,
  /tidy\.test/,
  /engine\/wire\//,
];
const placeOf = ({ path }) => {
  const place = LONG.findIndex((long) => long.test(path));
  return place === -1 ? LONG.length : place;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => placeOf(a) - placeOf(b));
  }
};
