#!/usr/bin/env node
// Measures the engine over a whole organization; README.md says what the figures mean.
// Needs the compiled engine: npm run build && node bench/organization/run.js [accounts] [regions] [resources] [days]
'use strict';

const { count, measure } = require('../measure.js');
const { estateOf } = require('./estate.js');

const [accounts = 50, regions = 4, resources = 200, days = 365] = process.argv.slice(2).map(Number);
// For the share of events: --without-events leaves the rules of EventBridge out, policies stay.
const estate = estateOf(accounts, regions, resources);

measure({
  bench: 'bench/organization',
  estate,
  days,
  // Each account has more buckets than the quota that nobody raised.
  options: { enforceIam: true, bucketQuota: Infinity },
  more: (state, { backupJobs, copyJobs }) => [
    ['accounts, Regions', `${count(accounts)}, ${count(regions)}`],
    ['plans of the policies', count(state.ledger.plans.list().length)],
    ['backup jobs', JSON.stringify(backupJobs)],
    ['copy jobs', JSON.stringify(copyJobs)],
  ],
});
