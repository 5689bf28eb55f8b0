import { BackupVault, Estate, VaultPolicies } from '@holdfast/model';
import { WorldState } from '../../engine/src/domain/world-state';
import { DiskFiles } from '../../engine/src/host/files';
import { deploy } from '../../engine/src/ingest/deploy';
import { readArtifacts } from '../../engine/src/ingest/read-artifacts';
import { daysAfter, parseInstant } from '../../engine/src/kernel/instant';
import { synthCdk, synthCdktf } from '../support/synth';
import { canonical } from './canonical';
import { Row, ROWS } from './declarations';
import { withLib } from './with-lib';
import { withProvider } from './with-provider';

const START = parseInstant('2027-01-01T00:00:00Z');
const DAYS = 400;

/** The estate that an artifact declares. */
function read(folder: string): Estate {
  const elsewhere = { partition: 'aws', account: '999999999999', region: 'ap-south-1' };
  return readArtifacts([folder], { env: elsewhere, parameters: {}, values: {} }, new DiskFiles()).estate;
}

/** The row as it must come back: with the policy that every vault of ours carries. */
function declared(row: Row): Estate {
  const estate = row.readBack ?? row.estate;
  const accessPolicy: unknown = VaultPolicies.denyDelete({ breakGlassPrincipalArns: row.breakGlass ?? [] });
  const vaults = estate.vaults?.map((it): BackupVault => ({ ...it, accessPolicy }));
  return { ...estate, vaults };
}

function digestOf(estate: Estate): string {
  const world = new WorldState({ start: START, seed: 1 });
  deploy(world, estate);
  world.runUntil(daysAfter(START, DAYS));
  return world.digest();
}

describe.each(ROWS)('$title', (row) => {
  const folders = { lib: '', provider: '' };

  beforeAll(() => {
    folders.lib = synthCdk(withLib(row));
    folders.provider = synthCdktf(withProvider(row));
  });

  test('reads back from lib as it was declared', () => {
    expect(canonical(read(folders.lib))).toEqual(canonical(declared(row)));
  });

  test('reads back from provider as it was declared', () => {
    expect(canonical(read(folders.provider))).toEqual(canonical(declared(row)));
  });

  test('simulates to one digest, whichever road it came by', () => {
    const digest = digestOf(declared(row));
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect([digestOf(read(folders.lib)), digestOf(read(folders.provider))]).toEqual([digest, digest]);
  });
});

test('rows that differ in what runs give digests that differ', () => {
  // VSS is an option of the job, not a run of its own: without a Windows instance nothing differs.
  const runs = ROWS.filter((row) => (row.estate.resources ?? []).length > 0 && row.title !== 'Windows VSS');
  const digests = new Set(runs.map((row) => digestOf(declared(row))));
  expect(digests.size).toBe(runs.length);
});

test('the order of declarations does not change the digest', () => {
  for (const row of ROWS) {
    const estate = declared(row);
    const reversed: Estate = {
      ...estate,
      vaults: [...(estate.vaults ?? [])].reverse(),
      plans: [...(estate.plans ?? [])].reverse(),
      resources: [...(estate.resources ?? [])].reverse(),
    };
    expect(digestOf(reversed)).toBe(digestOf(estate));
  }
});
