/**
 * What can be searched: resources and what protects them, jobs that went wrong, findings.
 *
 * Owns     what the user searches for.
 */
import type { Finding } from '@holdfast/model';
import { useMemo, useState } from 'preact/hooks';
import type { RunOfInstants } from '../../engine/src/report/pages/chapter';
import type { Overview, PageMishap } from '../../engine/src/report/pages/overview';
import { Choice } from './course';
import { age, count, instant } from './format';
import { Column, Table } from './table';

/** What a list of resources is narrowed to. */
export interface Wanted {
  readonly text: string;
  readonly type: number;
  readonly protection: number;
}

export const EVERYTHING: Wanted = { text: '', type: -1, protection: -1 };

interface ResourcesProps {
  readonly overview: Overview;
  readonly wanted: Wanted;
  readonly want: (wanted: Wanted) => void;
  readonly open: (resource: number) => void;
}

export function Resources({ overview, wanted, want, open }: ResourcesProps) {
  const { resources, vaults } = overview;
  const [order, setOrder] = useState('name');
  const rows = useMemo(() => ordered(overview, matching(overview, wanted), order), [overview, wanted, order]);
  const protectionOf = (number: number) => resources.protections[resources.protection[number] ?? 0];
  const columns: Column<number>[] = [
    {
      title: 'Resource',
      cell: (number) => (
        <button type="button" class="link" onClick={() => open(number)}>
          {resources.names[number]}
        </button>
      ),
    },
    { title: 'Type', cell: (number) => resources.types[resources.type[number] ?? 0] },
    {
      title: 'Protected by',
      cell: (number) => {
        const { plans = [], reason = null } = protectionOf(number) ?? {};
        return plans.length > 0 ? plans.join(', ') : <span class="bad">{`nothing: ${reason ?? ''}`}</span>;
      },
    },
    {
      title: 'Points in',
      cell: (number) =>
        (resources.places[resources.place[number] ?? 0] ?? []).map((vault) => vaults[vault]?.name).join(', '),
    },
    { title: 'Points', numeric: true, cell: (number) => count(resources.live[number] ?? 0) },
    { title: 'Made', numeric: true, cell: (number) => count(resources.made[number] ?? 0) },
    { title: 'Jobs wrong', numeric: true, cell: (number) => count(resources.wrong[number] ?? 0) },
    {
      title: 'RPO met',
      numeric: true,
      cell: (number) => (resources.pointed[number] === 1 ? age(resources.worstAge[number] ?? 0) : 'no point'),
    },
  ];
  return (
    <>
      <form role="search" aria-label="Resources" onSubmit={(event) => event.preventDefault()}>
        <label>
          Name or ARN
          <input
            type="search"
            value={wanted.text}
            onInput={(event) => want({ ...wanted, text: event.currentTarget.value })}
          />
        </label>
        <Choice label="Type" value={String(wanted.type)} onChange={(value) => want({ ...wanted, type: Number(value) })}>
          <option value="-1">all</option>
          {resources.types.map((type, number) => (
            <option value={String(number)}>{type}</option>
          ))}
        </Choice>
        <Choice
          label="Protection"
          value={String(wanted.protection)}
          onChange={(value) => want({ ...wanted, protection: Number(value) })}
        >
          <option value="-1">all</option>
          {resources.protections.map(({ plans, reason }, number) => (
            <option value={String(number)}>{plans.length > 0 ? plans.join(', ') : `nothing: ${reason ?? ''}`}</option>
          ))}
        </Choice>
        <Choice label="Order" value={order} onChange={setOrder}>
          <option value="name">name</option>
          <option value="age">worst RPO first</option>
          <option value="wrong">most jobs wrong first</option>
          <option value="live">most points first</option>
        </Choice>
      </form>
      <p aria-live="polite">{`${count(rows.length)} of ${count(resources.arns.length)} resources`}</p>
      <Table caption="Resources" columns={columns} rows={rows} none="No resource is like that." />
    </>
  );
}

function matching({ resources }: Overview, { text, type, protection }: Wanted): number[] {
  const sought = text.trim().toLowerCase();
  return resources.arns.flatMap((arn, number) =>
    (type < 0 || resources.type[number] === type) &&
    (protection < 0 || resources.protection[number] === protection) &&
    (sought === '' || `${arn} ${resources.names[number] ?? ''}`.toLowerCase().includes(sought))
      ? [number]
      : [],
  );
}

function ordered({ resources }: Overview, rows: number[], order: string): number[] {
  const columns: Readonly<Record<string, readonly number[]>> = {
    age: resources.arns.map((_, number) =>
      resources.pointed[number] === 1 ? (resources.worstAge[number] ?? 0) : Infinity,
    ),
    wrong: resources.wrong,
    live: resources.live,
  };
  const column = columns[order];
  const { names } = resources;
  return rows.sort((a, b) =>
    column !== undefined && column[a] !== column[b]
      ? (column[b] as number) - (column[a] as number)
      : (names[a] as string) < (names[b] as string)
        ? -1
        : 1,
  );
}

interface CoverageProps {
  readonly overview: Overview;
  readonly want: (wanted: Wanted) => void;
}

/** Types of resources against what protects them; each number leads to the resources that it counts. */
export function Coverage({ overview, want }: CoverageProps) {
  const { types, type, protections, protection } = overview.resources;
  const counts = types.map(() => protections.map(() => 0));
  type.forEach((row, number) => {
    const cells = counts[row] as number[];
    const cell = protection[number] as number;
    cells[cell] = (cells[cell] ?? 0) + 1;
  });
  const covered = protection.filter((number) => (protections[number]?.plans.length ?? 0) > 0).length;
  const columns: Column<number>[] = [
    { title: 'Type', cell: (row) => types[row] },
    ...protections.map(({ plans, reason }, cell) => ({
      title: plans.length > 0 ? plans.join(' and ') : `nothing: ${reason ?? ''}`,
      numeric: true,
      cell: (row: number) => {
        const number = counts[row]?.[cell] ?? 0;
        return number === 0 ? (
          '–'
        ) : (
          <button type="button" class="link" onClick={() => want({ text: '', type: row, protection: cell })}>
            {count(number)}
            <span class="unseen">{` of ${types[row] ?? ''}, ${plans.join(', ') || 'not protected'}`}</span>
          </button>
        );
      },
    })),
  ];
  return (
    <>
      <p>{`${count(covered)} of ${count(type.length)} resources are protected by a plan.`}</p>
      <Table
        caption="Resources by type and by what protects them"
        columns={columns}
        rows={types.map((_, row) => row)}
        none="There is no resource that holds data."
      />
    </>
  );
}

interface NamedProps {
  readonly name: string | undefined;
  readonly resource: number;
  readonly open: ((resource: number) => void) | undefined;
}

/** The name of a resource, which leads to it where it is not open already. */
export function Named({ name, resource, open }: NamedProps) {
  return open === undefined ? (
    <>{name}</>
  ) : (
    <button type="button" class="link" onClick={() => open(resource)}>
      {name}
    </button>
  );
}

interface MishapsProps {
  readonly overview: Overview;
  readonly rows: readonly PageMishap[];
  readonly open?: (resource: number) => void;
}

/** Jobs that came to no whole point, with the reason of each. */
export function Mishaps({ overview, rows, open }: MishapsProps) {
  const [text, setText] = useState('');
  const sought = text.trim().toLowerCase();
  const { names } = overview.resources;
  const shown = useMemo(
    () =>
      rows.filter((row) =>
        [names[row.resource], row.kind, row.state, row.vault, row.rule, row.why, row.message]
          .join(' ')
          .toLowerCase()
          .includes(sought),
      ),
    [rows, names, sought],
  );
  const columns: Column<PageMishap>[] = [
    { title: 'Resource', cell: ({ resource }) => <Named name={names[resource]} resource={resource} open={open} /> },
    { title: 'Job', cell: ({ kind, state, rule }) => `${kind} ${state}${rule === '' ? '' : `, rule ${rule}`}` },
    { title: 'Times', numeric: true, cell: ({ count: times }) => count(times) },
    { title: 'When', cell: ({ runs }) => <Instants runs={runs} /> },
    {
      title: 'Why',
      cell: ({ why, message }) => <div class="why">{[why, message].filter((part) => part !== '').join('; ')}</div>,
    },
    { title: 'Vault', cell: ({ vault }) => vault.split(':').at(-1) },
  ];
  return (
    <>
      {rows.length > 0 && (
        <form role="search" aria-label="Jobs that went wrong" onSubmit={(event) => event.preventDefault()}>
          <label>
            Resource, rule, state or reason
            <input type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
        </form>
      )}
      <Table caption="Jobs that went wrong" columns={columns} rows={shown} none="No job went wrong." />
    </>
  );
}

/** As many as are worth reading. */
const SHOWN_INSTANTS = 200;

/** The first and the last of some instants, and all on demand. */
export function Instants({ runs }: { readonly runs: readonly RunOfInstants[] }) {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) {
    return null;
  }
  const total = runs.reduce((sum, run) => sum + run.count, 0);
  const end = last.first + last.step * (last.count - 1);
  if (total === 1) {
    return <span>{instant(first.first)}</span>;
  }
  return (
    <details>
      <summary>{`${instant(first.first)} to ${instant(end)}`}</summary>
      {total > SHOWN_INSTANTS && <p>{`The first ${SHOWN_INSTANTS}:`}</p>}
      {instantsOf(runs, SHOWN_INSTANTS).map(instant).join(', ')}
    </details>
  );
}

/** The instants of runs, the first `most` of them. */
export function instantsOf(runs: readonly RunOfInstants[], most = Infinity): number[] {
  const all: number[] = [];
  for (const { first, step, count: times } of runs) {
    for (let place = 0; place < times && all.length < most; place++) {
      all.push(first + step * place);
    }
  }
  return all;
}

const SEVERITIES: readonly string[] = ['error', 'warning', 'note'];

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const columns: Column<Finding>[] = [
    { title: 'Rule', cell: ({ rule }) => rule },
    { title: 'Severity', cell: ({ severity, waived }) => (waived === undefined ? severity : `${severity}, waived`) },
    { title: 'Where', cell: ({ path }) => <div class="path">{path}</div> },
    {
      title: 'What',
      cell: ({ message, waived }) => (
        <div class="why">{[message, waived].filter((text) => text !== undefined).join('; ')}</div>
      ),
    },
    { title: 'Effect', cell: ({ effect }) => effect },
    {
      title: 'Source',
      cell: ({ source }) => (
        <div class="path">
          <Cited source={source} />
        </div>
      ),
    },
  ];
  const rows = useMemo(() => [...findings].sort((a, b) => urgency(a) - urgency(b)), [findings]);
  return <Table caption="Findings" columns={columns} rows={rows} none="No rule finds anything." />;
}

/** What is to be mended first; what was waived comes last. */
function urgency({ severity, waived }: Finding): number {
  return waived === undefined ? SEVERITIES.indexOf(severity) : SEVERITIES.length;
}

/** A page of AWS as a link, anything else as text. */
function Cited({ source }: { readonly source: string }) {
  return /^https:\/\/docs\.aws\.amazon\.com\//.test(source) ? (
    <a href={source} rel="noreferrer">
      {source.split('/').at(-1) || source}
    </a>
  ) : (
    <span>{source}</span>
  );
}
