/**
 * Evidence for standards: what each clause asks, what was declared, what the run shows.
 *
 * Owns     nothing.
 */
import type {
  EvidencedRequirement,
  Evidence as Standard,
  OutsideClause,
} from '../../engine/src/report/evidence/evidence';
import { count } from './format';
import { Column, Table } from './table';

/** As many as are worth reading. */
const SHOWN_PLACES = 50;

const REQUIREMENTS: Column<EvidencedRequirement>[] = [
  { title: 'Clause', cell: ({ clause, lookedUp }) => (lookedUp ? clause : `${clause} (from memory)`) },
  {
    title: 'Asks for',
    cell: ({ aspect, value, recommended }) => `${aspect}${asked(value)}${recommended ? ', recommended' : ''}`,
  },
  { title: 'Says who', cell: ({ demand, because }) => `${demand}: ${because}` },
  {
    title: 'Declared',
    cell: ({ declared, held, findings }) => (
      <>
        <Word said={held ? 'yes' : findings.every(({ waived }) => waived !== undefined) ? 'waived' : 'no'} />
        <details>
          <summary>what</summary>
          {declared}
        </details>
      </>
    ),
  },
  { title: 'Shown', cell: ({ shown }) => <Word said={shown.verdict} /> },
  {
    title: 'What the run shows',
    cell: ({ shown: { what, findings } }) => (
      <div class="why">
        {what}
        {findings.length > 0 && (
          <details>
            <summary>
              {findings.length === 1 ? '1 place falls short' : `${count(findings.length)} places fall short`}
            </summary>
            <ul>
              {findings.slice(0, SHOWN_PLACES).map(({ path, message, waived }) => (
                <li>{[`${path} ${message}`, ...(waived === undefined ? [] : [`waived: ${waived}`])].join('; ')}</li>
              ))}
              {findings.length > SHOWN_PLACES && <li>{`and ${count(findings.length - SHOWN_PLACES)} more`}</li>}
            </ul>
          </details>
        )}
      </div>
    ),
  },
];

const OUTSIDE: Column<OutsideClause>[] = [
  { title: 'Clause', cell: ({ clause, lookedUp }) => (lookedUp ? clause : `${clause} (from memory)`) },
  { title: 'Asks for', cell: ({ asks }) => asks },
];

export function Evidence({ standards }: { readonly standards: readonly Standard[] }) {
  return (
    <>
      <p>Aligned with a standard, never certified by it.</p>
      {standards.map(({ id, title, requirements, outside }) => (
        <>
          <h3>{title}</h3>
          <Table
            caption={`Evidence for ${id}`}
            columns={REQUIREMENTS}
            rows={requirements}
            none="It asks for nothing."
          />
          {outside.length > 0 && (
            <Table caption={`Not shown by a simulation, of ${id}`} columns={OUTSIDE} rows={outside} none="" />
          )}
        </>
      ))}
    </>
  );
}

function Word({ said }: { readonly said: string }) {
  return <span class={said === 'no' ? 'bad' : ''}>{said}</span>;
}

function asked(value: EvidencedRequirement['value']): string {
  return value === undefined ? '' : typeof value === 'number' ? ` ${value}` : `: ${value.join(', ')}`;
}
