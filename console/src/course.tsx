/**
 * The course of a run: what lay in the vaults, how jobs ended, how old data got.
 *
 * Pure: numbers of the overview in, charts and tables out.
 */
import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { CostSeries, Overview, PageVault, StoredSeries } from '../../engine/src/report/pages/overview';
import { axes, Chart, Ink } from './chart';
import { age, ageScale, bytes, count, day, dollars, instant, plural } from './format';
import { Column, Table } from './table';

/** A line of a chart: a name and a number for each period. */
interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

const MEASURES = { points: count, bytes } as const;
type Measure = keyof typeof MEASURES;
const WHAT: Readonly<Record<Measure, string>> = { points: 'Recovery points', bytes: 'Storage' };

/** What lies where, over time. */
export function Stored({ overview }: { overview: Overview }) {
  const [vault, setVault] = useState(-1);
  const [measure, setMeasure] = useState<Measure>('points');
  const { ends, storage, vaults } = overview;
  const lines = useMemo(() => storedLines(storage, vaults, vault, measure), [storage, vaults, vault, measure]);
  const where = vault < 0 ? 'all vaults' : `vault ${vaults[vault]?.name ?? ''}`;
  const total = lines.reduce((sum, { values }) => sum + (values.at(-1) ?? 0), 0);
  return (
    <>
      <div class="controls">
        <Choice label="Vault" value={String(vault)} onChange={(value) => setVault(Number(value))}>
          <option value="-1">all vaults, one line each</option>
          {vaults.map(({ name, account, region }, number) => (
            <option value={String(number)}>{`${name} (${account}, ${region})`}</option>
          ))}
        </Choice>
        <Choice label="Show" value={measure} onChange={(value) => setMeasure(value as Measure)}>
          <option value="points">recovery points</option>
          <option value="bytes">storage</option>
        </Choice>
      </div>
      <Course
        title={`${WHAT[measure]} over time, ${where}`}
        summary={`${MEASURES[measure](total)} at the end, by ${vault < 0 ? 'vault, tier and copy' : 'tier and copy'}.`}
        ends={ends}
        lines={lines}
        format={MEASURES[measure]}
        stacked
      />
    </>
  );
}

function storedLines(
  storage: readonly StoredSeries[],
  vaults: readonly PageVault[],
  vault: number,
  measure: Measure,
): readonly Line[] {
  const named = storage
    .filter((series) => vault < 0 || series.vault === vault)
    .map((series) => {
      const kind = `${series.tier} ${series.copies ? 'copies' : 'backups'}`;
      const name = vaults[series.vault]?.name ?? '';
      return { name: vault < 0 ? `${name}, ${kind}` : kind, values: series[measure] };
    });
  return greatest(named);
}

/** More lines than there are colours say nothing: the smaller ones become one. */
function greatest(lines: readonly Line[]): readonly Line[] {
  if (lines.length <= 8) {
    return lines;
  }
  const last = ({ values }: Line) => values.at(-1) ?? 0;
  const sorted = [...lines].sort((a, b) => last(b) - last(a));
  const rest = sorted.slice(7);
  const sums = (rest[0]?.values ?? []).map((_, period) =>
    rest.reduce((sum, { values }) => sum + (values[period] ?? 0), 0),
  );
  return [...sorted.slice(0, 7), { name: `${rest.length} others`, values: sums }];
}

const DIVISIONS = {
  vault: ({ vault }) => (vault === '' ? 'no vault' : vault),
  tier: ({ tier, copies }) => (tier === '' ? 'no tier' : `${tier} ${copies ? 'copies' : 'backups'}`),
  kind: ({ kind }) => kind,
} satisfies Record<string, (series: CostSeries) => string>;

/** What it costs each month. */
export function Cost({ overview }: { readonly overview: Overview }) {
  const [by, setBy] = useState<keyof typeof DIVISIONS>('vault');
  const { priceBook, ends, series, notCounted } = overview.cost;
  const lines = useMemo(() => {
    const sums = new Map<string, number[]>();
    for (const one of series) {
      const name = DIVISIONS[by](one);
      const before = sums.get(name);
      sums.set(
        name,
        one.usdMicros.map((usd, month) => usd + (before?.[month] ?? 0)),
      );
    }
    return greatest([...sums].map(([name, values]) => ({ name, values })));
  }, [series, by]);
  const total = series.reduce((sum, { usdMicros }) => usdMicros.reduce((one, other) => one + other, sum), 0);
  return (
    <>
      <div class="controls">
        <Choice label="Cost by" value={by} onChange={(value) => setBy(value as keyof typeof DIVISIONS)}>
          <option value="vault">vault</option>
          <option value="tier">tier and copy</option>
          <option value="kind">kind of usage</option>
        </Choice>
      </div>
      <Course
        title="Cost of each month"
        summary={`${dollars(total)} in all; ${priceBook}.`}
        ends={ends}
        lines={lines}
        format={dollars}
        stacked
        bars
      />
      {notCounted.length > 0 && (
        <details>
          <summary>Not in these sums</summary>
          <ul>
            {notCounted.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** How jobs ended. */
export function JobsOverTime({ overview }: { overview: Overview }) {
  const [kind, setKind] = useState<'backup' | 'copy' | 'restore'>('backup');
  const outcomes = overview.outcomes[kind];
  const lines = useMemo(
    () => Object.entries(outcomes).map(([state, values]): Line => ({ name: state, values })),
    [outcomes],
  );
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
  const said = lines.map(({ name, values }) => `${count(sum(values))} ${name}`).join(', ');
  return (
    <>
      <div class="controls">
        <Choice label="Jobs" value={kind} onChange={(value) => setKind(value as typeof kind)}>
          <option value="backup">backup jobs</option>
          <option value="copy">copy jobs</option>
          <option value="restore">restore jobs</option>
        </Choice>
      </div>
      <Course
        title={`How ${kind} jobs ended`}
        summary={said === '' ? `No ${kind} job has ended.` : `${said}.`}
        ends={overview.ends}
        lines={lines}
        format={count}
        stacked
        bars
      />
    </>
  );
}

/** How old the newest restorable data got. */
export function Ages({ overview }: { overview: Overview }) {
  const { median, most, worst } = overview.ages;
  const { pointed } = overview.resources;
  const without = pointed.filter((one) => one === 0).length;
  const lines = useMemo(
    (): Line[] => [
      { name: 'median resource', values: median },
      { name: '95 of 100 resources', values: most },
      { name: 'worst resource', values: worst },
    ],
    [median, most, worst],
  );
  return (
    <Course
      title="RPO met: age of the newest restorable data at worst"
      summary={`Up to ${age(Math.max(0, ...worst))} for the worst resource, up to ${age(Math.max(0, ...median))} for the median.${without === 0 ? '' : ` ${plural(without, 'resource')} without any point left out.`}`}
      ends={overview.ends}
      lines={lines}
      format={age}
    />
  );
}

interface CourseProps {
  readonly title: string;
  readonly summary: string;
  readonly ends: readonly number[];
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  readonly stacked?: boolean;
  readonly bars?: boolean;
  readonly height?: number;
}

/** Numbers for each period, as lines or bars over time. */
export function Course({
  title,
  summary,
  ends,
  lines,
  format,
  stacked = false,
  bars = false,
  height = 260,
}: CourseProps) {
  const option = useMemo(
    () => (ink: Ink) => ({
      ...axes(
        ink,
        format,
        format === age ? ageScale(Math.max(0, ...lines.flatMap(({ values }) => values))) : undefined,
      ),
      tooltip: { trigger: 'axis', confine: true, valueFormatter: (value: unknown) => format(Number(value)) },
      series: lines.map(({ name, values }) => ({
        name,
        type: bars ? 'bar' : 'line',
        showSymbol: values.length < 2,
        ...(stacked && { stack: 'all' }),
        ...(stacked && !bars && { areaStyle: { opacity: 0.45 } }),
        data: values.map((value, period) => [ends[period], value]),
      })),
    }),
    [ends, lines, format, stacked, bars],
  );
  const columns: Column<number>[] = [
    { title: 'Until', whole: true, cell: (period) => day(ends[period] ?? 0) },
    ...lines.map(({ name, values }) => ({
      title: name,
      numeric: true,
      cell: (period: number) => format(values[period] ?? 0),
    })),
  ];
  return (
    <Chart title={title} summary={summary} option={option} height={height}>
      <Table caption={title} columns={columns} rows={periodsOf(ends)} none="No period is over." />
    </Chart>
  );
}

function periodsOf(ends: readonly number[]): number[] {
  return ends.map((_, period) => period);
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ComponentChildren;
}

export function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {children}
      </select>
    </label>
  );
}

/** Columns of a table of vaults that most have no use for. */
const KEPT_BACK: readonly Column<PageVault>[] = [
  { title: 'Held', numeric: true, cell: ({ held }) => count(held) },
  { title: 'EXPIRED', numeric: true, cell: ({ expired }) => count(expired) },
];

/** Vaults: what they hold, and until when nobody deletes it. */
export function Vaults({ overview }: { overview: Overview }) {
  const columns: Column<PageVault>[] = [
    { title: 'Vault', cell: ({ name, deleted }) => `${name}${deleted ? ' (deleted)' : ''}` },
    { title: 'Where', cell: ({ account, region }) => `${account}, ${region}` },
    { title: 'Points', numeric: true, cell: ({ live }) => count(live) },
    { title: 'Cold', numeric: true, cell: ({ cold }) => count(cold) },
    { title: 'Copies', numeric: true, cell: ({ copies }) => count(copies) },
    ...(overview.vaults.some(({ held, expired }) => held + expired > 0) ? KEPT_BACK : []),
    { title: 'Immutable', cell: (vault) => <div class="path">{immutability(vault)}</div> },
    { title: 'Retention allowed', cell: ({ lock }) => lock?.bounds ?? 'any' },
    {
      title: 'Points end',
      cell: ({ firstDeleteAt, lastDeleteAt, forEver }) =>
        [
          firstDeleteAt === null ? '' : `${day(firstDeleteAt)} to ${day(lastDeleteAt ?? firstDeleteAt)}`,
          forEver === 0 ? '' : `${count(forEver)} never`,
        ]
          .filter((text) => text !== '')
          .join('; '),
    },
    { title: 'Who may delete before', cell: ({ byHand }) => <div class="path">{byHand}</div> },
  ];
  return <Table caption="Vaults and their locks" columns={columns} rows={overview.vaults} none="There is no vault." />;
}

function immutability({ lock, airGapped }: PageVault): string {
  if (lock === null) {
    return 'no: no lock';
  }
  if (lock.lockDate === null) {
    return 'governance mode: until somebody removes the lock';
  }
  const from = `${lock.mode} mode, for ever from ${instant(lock.lockDate)}`;
  return airGapped ? `logically air-gapped: ${from}` : from;
}
