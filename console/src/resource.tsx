/**
 * One resource: how old its data got, its points on a line of time, and why each is there.
 *
 * Owns     what of its points is shown.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { recoveryPointArn } from '../../engine/src/domain/recovery-point-arn';
import {
  PAGE_COLD,
  PAGE_CONTINUOUS,
  PAGE_EXPIRED,
  PAGE_HELD,
  PAGE_PARTIAL,
  PAGE_STOPPED,
  PAGE_TEMPORARY,
  PageChain,
  PagePoint,
  PageResource,
} from '../../engine/src/report/pages/chapter';
import { goneOf, GonePoint } from '../../engine/src/report/pages/gone';
import type { Overview } from '../../engine/src/report/pages/overview';
import { Choice, Course } from './course';
import { age, bytes, count, instant, plural } from './format';
import { Instants, Mishaps } from './lists';
import { Restores } from './restores';
import { Column, Table } from './table';
import { Timeline } from './timeline';

interface ResourceProps {
  readonly overview: Overview;
  readonly number: number;
  readonly page: PageResource;
  readonly close: () => void;
}

export function Resource({ overview, number, page, close }: ResourceProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [number]);
  const { arns, names, types, type, protections, protection, pointed, worstAge } = overview.resources;
  const { plans = [], reason = null } = protections[protection[number] ?? 0] ?? {};
  const lines = useMemo(() => [{ name: 'age at worst', values: page.ages }], [page]);
  const ends = useMemo(() => overview.ends.slice(overview.ends.length - page.ages.length), [overview, page]);
  const mishaps = useMemo(() => overview.mishaps.filter(({ resource }) => resource === number), [overview, number]);
  const restores = useMemo(() => overview.restores.filter(({ resource }) => resource === number), [overview, number]);
  return (
    <>
      <p class="back">
        <button type="button" onClick={close}>
          Back to all resources
        </button>
      </p>
      <h2 ref={heading} tabIndex={-1}>{`${types[type[number] ?? 0] ?? ''} ${names[number] ?? ''}`}</h2>
      <p>
        <code>{arns[number]}</code>
      </p>
      <p>{plans.length > 0 ? `Protected by ${plans.join(', ')}.` : `Not protected: ${reason ?? ''}.`}</p>
      {pointed[number] === 1 ? null : <p class="alert">It never had a recovery point.</p>}
      <Course
        title="RPO met: age of its newest restorable data at worst"
        summary={`Up to ${age(worstAge[number] ?? 0)}.`}
        ends={ends}
        lines={lines}
        format={age}
        height={180}
      />
      <Timeline overview={overview} chains={page.chains} />
      <h3>What made its points</h3>
      <Table
        caption="What made its points"
        columns={chainColumns(overview)}
        rows={page.chains}
        none="Nothing made a point of it."
      />
      <h3>Why is this point here?</h3>
      <Points overview={overview} number={number} chains={page.chains} />
      <h3>Why did it go?</h3>
      <Gone overview={overview} chains={page.chains} />
      <h3>Jobs that went wrong</h3>
      <Mishaps overview={overview} rows={mishaps} />
      <h3>Restores</h3>
      <Restores overview={overview} rows={restores} />
    </>
  );
}

function chainColumns({ vaults, origins, complete }: Overview): Column<PageChain>[] {
  return [
    { title: 'By', cell: (chain) => originName(origins[chain.origin]) },
    { title: 'Vault', cell: ({ vault }) => vaults[vault]?.name },
    { title: 'Made', numeric: true, cell: ({ made }) => count(made) },
    { title: 'There', numeric: true, cell: ({ points }) => count(points.length) },
    { title: 'Gone', numeric: true, cell: ({ gone }) => count(gone) },
    {
      title: 'Those gone lived',
      cell: ({ gone, leastLife, mostLife }) => (gone === 0 ? '' : `${age(leastLife)} to ${age(mostLife)}`),
    },
    {
      title: complete ? 'Created' : 'Created (the first ones)',
      cell: ({ runs }) => <Instants runs={runs} />,
    },
  ];
}

/** What made points, in few words. */
export function originName(origin: Overview['origins'][number] | undefined): string {
  if (origin === undefined) {
    return '';
  }
  const { kind, rule, plan } = origin;
  const by = rule === null ? 'a call' : `rule ${rule} of ${plan ?? ''}`;
  return kind === 'rule' || kind === 'on-demand' ? by : `copy, ${by}`;
}

/** A point with what its chain says of it. */
interface Placed {
  readonly chain: PageChain;
  readonly point: PagePoint;
}

function Points({ overview, number, chains }: { overview: Overview; number: number; chains: readonly PageChain[] }) {
  const [vault, setVault] = useState('-1');
  const [state, setState] = useState('');
  const all = useMemo(
    () =>
      chains
        .flatMap((chain) => chain.points.map((point): Placed => ({ chain, point })))
        .sort((a, b) => b.point.createdAt - a.point.createdAt || a.chain.vault - b.chain.vault),
    [chains],
  );
  const rows = useMemo(
    () =>
      all.filter(
        ({ chain, point }) =>
          (vault === '-1' || chain.vault === Number(vault)) && (state === '' || statesOf(point).includes(state)),
      ),
    [all, vault, state],
  );
  const states = [...new Set(all.flatMap(({ point }) => statesOf(point)))];
  const columns: Column<Placed>[] = [
    { title: 'Created', whole: true, cell: ({ point }) => instant(point.createdAt) },
    { title: 'Vault', cell: ({ chain }) => overview.vaults[chain.vault]?.name },
    { title: 'State', cell: ({ point }) => statesOf(point).join(', ') },
    {
      title: 'Why',
      cell: ({ chain, point }) => (
        <div class="why">
          {`${point.why}. `}
          {point.deleteAt === Infinity ? 'Until ever: ' : `Until ${instant(point.deleteAt)}: `}
          {point.whyUntil}
          {point.coldAt === Infinity || (point.flags & PAGE_COLD) !== 0 ? '' : `. Cold from ${instant(point.coldAt)}`}
          <br />
          <code>{arnOf(overview, number, chain, point)}</code>
        </div>
      ),
    },
    { title: 'There from', whole: true, cell: ({ point }) => instant(point.completedAt) },
    { title: 'Size', numeric: true, cell: ({ point }) => bytes(point.sizeBytes) },
    { title: 'Adds', numeric: true, cell: ({ point }) => bytes(point.storedBytes) },
  ];
  return (
    <>
      <div class="controls">
        <Choice label="Points in" value={vault} onChange={setVault}>
          <option value="-1">all vaults</option>
          {[...new Set(chains.map((chain) => chain.vault))].map((place) => (
            <option value={String(place)}>{overview.vaults[place]?.name}</option>
          ))}
        </Choice>
        <Choice label="State" value={state} onChange={setState}>
          <option value="">all</option>
          {states.map((one) => (
            <option value={one}>{one}</option>
          ))}
        </Choice>
      </div>
      <p aria-live="polite">{`${plural(rows.length, 'recovery point')} of ${count(all.length)}`}</p>
      <Table caption="Recovery points" columns={columns} rows={rows} size={12} none="It has no such recovery point." />
    </>
  );
}

/** A point that is gone, with what its chain says of it. */
interface Past {
  readonly chain: PageChain;
  readonly point: GonePoint;
}

function Gone({ overview, chains }: { overview: Overview; chains: readonly PageChain[] }) {
  const rows = useMemo(
    () =>
      chains
        .flatMap((chain) => goneOf(chain).map((point): Past => ({ chain, point })))
        .sort((a, b) => b.point.endedAt - a.point.endedAt || a.chain.vault - b.chain.vault),
    [chains],
  );
  const columns: Column<Past>[] = [
    { title: 'Went', whole: true, cell: ({ point }) => instant(point.endedAt) },
    { title: 'Created', whole: true, cell: ({ point }) => instant(point.createdAt) },
    { title: 'Vault', cell: ({ chain }) => overview.vaults[chain.vault]?.name },
    { title: 'By', cell: ({ chain }) => originName(overview.origins[chain.origin]) },
    { title: 'Why', cell: ({ point }) => <div class="why">{point.why}</div> },
    { title: 'Lived', cell: ({ point }) => age(point.endedAt - point.createdAt) },
  ];
  return (
    <>
      {!overview.complete && <p class="note">There were too many points: of some, the end is not kept.</p>}
      <Table caption="Recovery points that are gone" columns={columns} rows={rows} size={12} none="None is gone." />
    </>
  );
}

/** What a point is, in AWS Backup's words where it has some. */
export function statesOf({ flags }: PagePoint): string[] {
  const named: [number, string][] = [
    [PAGE_HELD, 'held'],
    [PAGE_EXPIRED, 'EXPIRED'],
    [PAGE_STOPPED, 'STOPPED'],
    [PAGE_PARTIAL, 'PARTIAL'],
    [PAGE_CONTINUOUS, 'continuous'],
    [PAGE_TEMPORARY, 'temporary'],
  ];
  return [
    (flags & PAGE_COLD) === 0 ? 'warm' : 'cold',
    ...named.flatMap(([flag, name]) => (flags & flag ? [name] : [])),
  ];
}

/** Ids follow from the seed and from names, so that no report carries any. */
function arnOf(
  { simulation, resources, vaults, origins }: Overview,
  number: number,
  chain: PageChain,
  point: PagePoint,
) {
  const vault = vaults[chain.vault];
  const origin = origins[chain.origin];
  if (vault === undefined || origin === undefined) {
    return '';
  }
  const { partition, account, region, airGapped, name } = vault;
  return recoveryPointArn(simulation.seed, {
    resource: {
      arn: resources.arns[number] ?? '',
      service: { id: resources.services[resources.service[number] ?? 0] ?? '' },
    },
    vault: { name, made: { env: { partition, account, region }, airGapped } },
    origin: { given: { text: origin.text, within: origin.within ? true : undefined } },
    createdAt: point.createdAt,
    continuous: (point.flags & PAGE_CONTINUOUS) !== 0,
  });
}
