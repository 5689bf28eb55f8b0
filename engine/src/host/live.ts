/**
 * AWS as commands read it, by the official SDK and with whatever credentials it finds.
 *
 * Owns     nothing. What reads AWS is loaded when a command asks for it: each client of the SDK takes some 50 ms.
 */
import * as fs from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { LiveHost } from './terminal';

/** The API of prices is there, whichever Region is asked about. */
const PRICES_REGION = 'us-east-1';

export const LIVE: LiveHost = {
  async products(regions) {
    const { PricingClient } = require('@aws-sdk/client-pricing') as typeof import('@aws-sdk/client-pricing');
    const { fetchProducts } = require('../live/price-list') as typeof import('../live/price-list');
    return fetchProducts(new PricingClient({ region: PRICES_REGION }), regions);
  },
  inventory: () => require('../live/inventory') as typeof import('../live/inventory'),
  account: async (region) => {
    const { STSClient, GetCallerIdentityCommand } =
      require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
    const { Account = '', Arn = '' } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
    return { account: Account, partition: Arn.split(':')[1] ?? 'aws' };
  },
  outside: {
    now: () => Date.now(),
    sleep: async (ms) => {
      await setTimeout(ms);
    },
    // The reader waits and asks again itself.
    make: (ClientClass, region) => new ClientClass({ region, maxAttempts: 1 }),
  },
  append: (file, text) => fs.appendFileSync(file, text),
};
