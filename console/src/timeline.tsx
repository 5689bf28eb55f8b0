/**
 * The points of a resource on a line of time, a row for each vault and rule.
 *
 * Pure: chains in, a drawing out. Points that are gone are bars from the creation of the first to that of the last.
 */
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import { useMemo } from 'preact/hooks';
import { PAGE_COLD, PAGE_EXPIRED, PAGE_HELD, PageChain, PagePoint } from '../../engine/src/report/pages/chapter';
import type { Overview } from '../../engine/src/report/pages/overview';
import { axes, Chart, Ink } from './chart';
import { count, day, instant, plural } from './format';
import { originName } from './resource';
import { Table } from './table';

interface Kind {
  readonly name: string;
  readonly symbol: string;
  readonly has: (point: PagePoint) => boolean;
}

/** A form for each, as not everybody sees colours. The first that fits counts. */
const KINDS: readonly Kind[] = [
  { name: 'EXPIRED', symbol: 'triangle', has: ({ flags }) => (flags & PAGE_EXPIRED) !== 0 },
  { name: 'held', symbol: 'pin', has: ({ flags }) => (flags & PAGE_HELD) !== 0 },
  { name: 'cold', symbol: 'diamond', has: ({ flags }) => (flags & PAGE_COLD) !== 0 },
  { name: 'warm', symbol: 'circle', has: () => true },
];

interface TimelineProps {
  readonly overview: Overview;
  readonly chains: readonly PageChain[];
}

export function Timeline({ overview, chains }: TimelineProps) {
  const rows = useMemo(() => chains.map((chain) => rowName(overview, chain)), [overview, chains]);
  const option = useMemo(() => (ink: Ink) => drawing(ink, overview, chains, rows), [overview, chains, rows]);
  const there = chains.reduce((sum, { points }) => sum + points.length, 0);
  const gone = chains.reduce((sum, chain) => sum + chain.gone, 0);
  if (chains.length === 0) {
    return null;
  }
  return (
    <Chart
      title="Its recovery points over time"
      summary={`${plural(there, 'point')} there, ${count(gone)} gone, in ${plural(chains.length, 'row')}: vault, and what made them.`}
      option={option}
      height={90 + chains.length * 44}
    >
      <Table
        caption="Its recovery points over time"
        columns={[
          { title: 'Row', cell: (row: number) => rows[row] },
          ...KINDS.map((kind) => ({
            title: kind.name,
            numeric: true,
            cell: (row: number) => count((chains[row]?.points ?? []).filter((point) => kindOf(point) === kind).length),
          })),
          { title: 'gone', numeric: true, cell: (row: number) => count(chains[row]?.gone ?? 0) },
          { title: 'Oldest there', cell: (row: number) => dayOf(chains[row]?.points[0]) },
          { title: 'Newest there', cell: (row: number) => dayOf(chains[row]?.points.at(-1)) },
        ]}
        rows={rows.map((_, row) => row)}
        none="There is none."
      />
    </Chart>
  );
}

function dayOf(point: PagePoint | undefined): string {
  return point === undefined ? '' : day(point.createdAt);
}

function kindOf(point: PagePoint): Kind {
  return KINDS.find(({ has }) => has(point)) as Kind;
}

function rowName({ vaults, origins }: Overview, { vault, origin }: PageChain): string {
  return `${vaults[vault]?.name ?? ''}: ${originName(origins[origin])}`;
}

function drawing(ink: Ink, { from, to }: Overview, chains: readonly PageChain[], rows: readonly string[]) {
  const { xAxis, yAxis, ...shared } = axes(ink, String) as { xAxis: object; yAxis: object };
  const spans = chains.flatMap(({ runs, gone }, row) =>
    gone === 0 ? [] : runs.map((run) => [row, run.first, run.first + run.step * (run.count - 1), run.count]),
  );
  return {
    ...shared,
    xAxis: { ...xAxis, min: from, max: to },
    yAxis: {
      ...yAxis,
      type: 'category',
      inverse: true,
      data: rows,
      axisLabel: { color: ink.text, width: 220, overflow: 'truncate' },
    },
    tooltip: { trigger: 'item', confine: true },
    series: [
      {
        name: 'made',
        type: 'custom',
        itemStyle: { color: ink.faint, opacity: 0.35 },
        renderItem: bar,
        encode: { x: [1, 2], y: 0 },
        data: spans,
        tooltip: {
          valueFormatter: (value: unknown) =>
            Array.isArray(value) ? value.map((at) => instant(Number(at))).join(' to ') : '',
        },
      },
      ...KINDS.map((kind) => ({
        name: kind.name,
        type: 'scatter',
        symbol: kind.symbol,
        symbolSize: 9,
        data: chains.flatMap(({ points }, row) =>
          points.filter((point) => kindOf(point) === kind).map(({ createdAt }) => [createdAt, row]),
        ),
        tooltip: {
          valueFormatter: (value: unknown) =>
            Array.isArray(value) ? instant(Number(value[0])) : instant(Number(value)),
        },
      })).filter(({ data }) => data.length > 0),
    ],
  };
}

function bar(_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) {
  const row = api.value(0);
  const [left, middle] = api.coord([api.value(1), row]) as [number, number];
  const [right] = api.coord([api.value(2), row]) as [number, number];
  return {
    type: 'rect' as const,
    shape: { x: left, y: middle - 4, width: Math.max(2, right - left), height: 8 },
    style: { fill: api.visual('color'), opacity: 0.35 },
  };
}
