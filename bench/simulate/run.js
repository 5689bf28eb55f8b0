#!/usr/bin/env node
// Measures the engine at the scale that it is built for; README.md says what the figures mean.
// Needs the compiled engine: npm run build && node bench/simulate/run.js [resources] [years]
'use strict';

const { measure } = require('../measure.js');
const { estateOf } = require('./estate.js');

const resources = Number(process.argv[2] ?? 10_000);
const years = Number(process.argv[3] ?? 7);

// More buckets than AWS lets an account back up: what is measured are jobs that run.
const options = { bucketQuota: Infinity };
measure({ bench: 'bench/simulate', estate: estateOf(resources), days: Math.round(years * 365.25), options });
