/**
 * AWS as commands read it, by the official SDK and with whatever credentials it finds.
 *
 * Owns     nothing. What reads AWS is loaded when a command asks for it: each client of the SDK takes some 50 ms.
 */
import * as fs from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { SessionCredentials } from '../live/reader';
import type { LiveHost } from './terminal';

/** The API of prices is there, whichever Region is asked about. */
const PRICES_REGION = 'us-east-1';

export const LIVE: LiveHost = {
  async products(regions) {
    const { PricingClient } = require('@aws-sdk/client-pricing') as typeof import('@aws-sdk/client-pricing');
    const { fetchProducts } = require('../live/price-list') as typeof import('../live/price-list');
    return fetchProducts(new PricingClient({ region: PRICES_REGION }), regions);
  },
  inventory: () => ({
    ...(require('../live/inventory') as typeof import('../live/inventory')),
    ...(require('../live/accounts') as typeof import('../live/accounts')),
  }),
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
  assume: async (roleArn, region) => {
    const credentials = sessionsOf(roleArn, region);
    // Asked once before anything is read, so that a role that lets nobody in is told once.
    await credentials();
    return {
      ...LIVE.outside,
      make: (ClientClass, of) => new ClientClass({ region: of, maxAttempts: 1, credentials }),
    };
  },
  append: (file, text) => fs.appendFileSync(file, text),
};

/** How long before its end a session is replaced. */
const MARGIN_MS = 300_000;
const TRIES = 10;

/** Credentials of a role, for all clients the same while they last. */
function sessionsOf(RoleArn: string, region: string): () => Promise<SessionCredentials> {
  const { STSClient, AssumeRoleCommand } = require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
  const client = new STSClient({ region, maxAttempts: TRIES });
  let session: Promise<SessionCredentials> | undefined;
  let endsAt = 0;
  const begin = async (): Promise<SessionCredentials> => {
    const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'holdfast-inventory' });
    const { Credentials } = await client.send(command);
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration = new Date() } = Credentials ?? {};
    endsAt = Expiration.getTime() - MARGIN_MS;
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
  return () => {
    if (session === undefined || Date.now() >= endsAt) {
      // Until it is there, whoever asks gets the same.
      endsAt = Infinity;
      session = begin().catch((fault: unknown) => {
        endsAt = 0;
        throw fault;
      });
    }
    return session;
  };
}
