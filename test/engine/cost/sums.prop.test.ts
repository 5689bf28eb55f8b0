import type { BackupRule } from '@holdfast/model';
import * as fc from 'fast-check';
import { Cost, CostLine, totalOf } from '../../../engine/src/cost/cost';
import { rule } from '../scenarios/stage';
import { begun, costAt, EAST, east, vaultIn } from './stage';

const SERVICES = ['efs', 'ebs', 's3', 'rds', 'aurora', 'dynamodb-advanced', 'virtual-machine', 'documentdb'];
const CRONS = ['cron(0 5 ? * * *)', 'cron(30 2 ? * SUN *)', 'cron(0 5 1 * ? *)', 'cron(0 0/6 ? * * *)'];
const COPY = `arn:aws:backup:us-west-2:${EAST.account}:backup-vault:far`;

const resources = fc.array(
  fc.record({
    service: fc.constantFrom(...SERVICES),
    sizeGiB: fc.integer({ min: 1, max: 900 }),
    dailyChangePercent: fc.integer({ min: 0, max: 60 }),
  }),
  { minLength: 1, maxLength: 6 },
);
const rules = fc.array(
  fc.record({
    cron: fc.constantFrom(...CRONS),
    days: fc.integer({ min: 1, max: 200 }),
    cold: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
    continuous: fc.boolean(),
    copy: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);

type RuleDraw = { cron: string; days: number; cold: number | undefined; continuous: boolean; copy: boolean };

function ruleOf({ cron, days, cold, continuous, copy }: RuleDraw, index: number): BackupRule {
  const lifecycle =
    cold === undefined || continuous
      ? { deleteAfterDays: continuous ? Math.min(days, 35) : days }
      : { moveToColdStorageAfterDays: cold, deleteAfterDays: Math.max(days, cold + 90) };
  return rule(`r${index}`, {
    scheduleExpression: cron,
    lifecycle,
    enableContinuousBackup: continuous,
    ...(copy && { copyActions: [{ destinationBackupVaultArn: COPY, lifecycle: { deleteAfterDays: days } }] }),
  });
}

/** Everything that a cost sums, by what it should come to. */
function sumsOf(cost: Cost): Record<string, number> {
  const records = { kind: cost.byKind, type: cost.byResourceType, tier: cost.byTier, vault: cost.byVault };
  const more = { payer: cost.byPayer, billed: cost.byBilledService, confidence: cost.byConfidence };
  return {
    ...Object.fromEntries(
      Object.entries({ ...records, ...more }).map(([name, sums]) => [name, totalOf(Object.values(sums))]),
    ),
    months: totalOf(cost.months.map(({ usdMicros }) => usdMicros)),
    rules: totalOf(cost.byRule.map(({ usdMicros }) => usdMicros)),
    lines: totalOf(cost.lines.map(({ totalUsdMicros }) => totalUsdMicros)),
    ofMonths: totalOf(cost.lines.flatMap(({ usdMicros }) => usdMicros)),
  };
}

function everyAmount({ lines }: Cost): number[] {
  return lines.flatMap(({ quantity, usdMicros }: CostLine) => [...quantity, ...usdMicros]);
}

function ran(drawn: { resources: typeof resources extends fc.Arbitrary<infer T> ? T : never; rules: RuleDraw[] }) {
  const all = drawn.resources.map(({ service, ...more }, index) => east(service, `r-${index}`, more.sizeGiB, more));
  const far = vaultIn('far', { ...EAST, region: 'us-west-2' });
  return begun(all, drawn.rules.map(ruleOf), { vaults: [far] });
}

test('sums by parts equal the total, and no part is below 0, for estates drawn at random', () => {
  fc.assert(
    fc.property(fc.record({ resources, rules }), (drawn) => {
      const cost = costAt(ran(drawn), '2027-06-15T09:30:00Z');
      const { totalUsdMicros } = cost;
      const sums = sumsOf(cost);
      expect(sums).toEqual(Object.fromEntries(Object.keys(sums).map((name) => [name, totalUsdMicros])));
      expect(everyAmount(cost).filter((amount) => amount < 0)).toEqual([]);
      expect(everyAmount(cost).some((amount) => amount > 0)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('nothing stays when everything is gone: what a chain holds comes and goes in full', () => {
  fc.assert(
    fc.property(fc.record({ resources, rules }), (drawn) => {
      const state = ran(drawn);
      costAt(state, '2027-03-10T00:00:00Z');
      const { points, vaults } = state.ledger;
      for (const row of Array.from({ length: state.ledger.series.count }, (_, series) =>
        points.rowsOf(series),
      ).flat()) {
        state.ledger.removePoint(row, 0);
      }
      expect(vaults.standing().map(({ live }) => live)).toEqual([0, 0]);
      const { usage, lines } = state.ledger.meter as NonNullable<typeof state.ledger.meter>;
      // Two months on, no line of storage grows any more.
      const later = state.now + 62 * 86_400_000;
      const left = lines.all.filter(({ kind }) => kind === 'storage').map(({ number }) => usage.sums(number, later));
      expect(left.flatMap((sums) => sums.slice(3)).filter((sum) => sum !== 0n)).toEqual([]);
      expect(left.length).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  );
});
