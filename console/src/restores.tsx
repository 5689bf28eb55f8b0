/**
 * What was restored, and what validations said of it: the proof that a point is worth something.
 *
 * Pure: rows of the overview in, a table out.
 */
import type { Overview, PageRestore } from '../../engine/src/report/pages/overview';
import { count, instant, plural } from './format';
import { Named } from './lists';
import { type Column, Table } from './table';

interface RestoresProps {
  readonly overview: Overview;
  readonly rows: readonly PageRestore[];
  readonly open?: (resource: number) => void;
}

export function Restores({ overview, rows, open }: RestoresProps) {
  const { names } = overview.resources;
  const columns: Column<PageRestore>[] = [
    { title: 'Resource', cell: ({ resource }) => <Named name={names[resource]} resource={resource} open={open} /> },
    { title: 'Asked by', cell: ({ plan }) => (plan === '' ? 'a call' : `restore testing, ${plan}`) },
    { title: 'From', cell: ({ vault }) => vault },
    { title: 'State', cell: ({ state }) => <span class={state === 'FAILED' ? 'bad' : ''}>{state}</span> },
    {
      title: 'Validation',
      cell: ({ validation }) =>
        validation === '' ? (
          'none'
        ) : (
          <span class={['FAILED', 'TIMED_OUT'].includes(validation) ? 'bad' : ''}>{validation}</span>
        ),
    },
    { title: 'Times', numeric: true, cell: ({ count: times }) => count(times) },
    {
      title: 'When',
      cell: ({ firstAt, lastAt }) =>
        firstAt === lastAt ? instant(firstAt) : `${instant(firstAt)} to ${instant(lastAt)}`,
    },
    { title: 'Why', cell: ({ why }) => <div class="why">{why}</div> },
  ];
  return (
    <>
      {rows.length > 0 && <p>{summaryOf(rows)}</p>}
      <Table
        caption="Restores and their validations"
        columns={columns}
        rows={rows}
        none="Nothing was restored: nothing here shows that a recovery point can be."
      />
    </>
  );
}

function summaryOf(rows: readonly PageRestore[]): string {
  const total = (fits: (row: PageRestore) => boolean) =>
    rows.filter(fits).reduce((sum, { count: times }) => sum + times, 0);
  const states = ['COMPLETED', 'FAILED'].map((state) => `${count(total((row) => row.state === state))} ${state}`);
  const said = ['SUCCESSFUL', 'FAILED', 'TIMED_OUT'].map(
    (validation) => `${count(total((row) => row.validation === validation))} ${validation}`,
  );
  return `${plural(
    total(() => true),
    'restore',
  )}: ${states.join(', ')}. Validations: ${said.join(', ')}.`;
}
