/**
 * A chart with its table: who cannot see the one reads the other.
 *
 * Owns     the drawing, which is made when it comes near, and renewed when its numbers, the colour scheme or the width change.
 */
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import type { EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

echarts.use([
  ...[BarChart, CustomChart, LineChart, ScatterChart],
  ...[AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer],
]);

/** Colours of the page by their names in style.css. */
export interface Ink {
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  readonly surface: string;
  readonly series: readonly string[];
}

interface ChartProps {
  readonly title: string;
  /** What somebody would say who saw it. */
  readonly summary: string;
  readonly height?: number;
  readonly option: (ink: Ink) => EChartsCoreOption;
  /** The same numbers as a table. */
  readonly children: ComponentChildren;
}

export function Chart({ title, summary, height = 260, option, children }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useDrawing(place, option, useScheme());
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <p>{summary}</p>
      </figcaption>
      <div
        ref={place}
        class="drawing"
        role="img"
        aria-label={`${title}. ${summary}`}
        style={{ height: `${height}px` }}
      />
      <details>
        <summary>{`${title}: the numbers`}</summary>
        {children}
      </details>
    </figure>
  );
}

/** How far off a chart is drawn before it comes into sight. */
const AHEAD = '400px';
const MOST_WAIT_MS = 200;

/** Draws where somebody looks, or prints: a page of many charts opens at once. */
function useDrawing(place: { readonly current: HTMLDivElement | null }, option: ChartProps['option'], dark: boolean) {
  const drawing = useRef<Drawing>(undefined);
  useEffect(() => {
    if (place.current === null) {
      return undefined;
    }
    const made = (drawing.current = new Drawing(place.current));
    return () => made.end();
  }, []);
  useEffect(() => drawing.current?.show(option), [option, dark]);
}

class Drawing {
  private chart: echarts.ECharts | undefined;
  private option: ChartProps['option'] | undefined;
  private near = false;
  private waiting = 0;
  private readonly resizes = new ResizeObserver(() => this.chart?.resize());
  private readonly sight: IntersectionObserver;

  constructor(private readonly container: HTMLDivElement) {
    this.sight = new IntersectionObserver(
      (entries) => {
        this.near = entries.at(-1)?.isIntersecting === true;
        this.drawSoon();
      },
      { rootMargin: AHEAD },
    );
    this.sight.observe(container);
    this.resizes.observe(container);
    addEventListener('beforeprint', this.draw);
  }

  show(option: ChartProps['option']): void {
    this.option = option;
    this.drawSoon();
  }

  end(): void {
    this.sight.disconnect();
    this.resizes.disconnect();
    removeEventListener('beforeprint', this.draw);
    cancelIdleCallback(this.waiting);
    this.chart?.dispose();
  }

  /** What the user does meanwhile comes first. */
  private drawSoon(): void {
    if (this.near && this.option !== undefined) {
      cancelIdleCallback(this.waiting);
      this.waiting = requestIdleCallback(this.draw, { timeout: MOST_WAIT_MS });
    }
  }

  private readonly draw = (): void => {
    const { container, option } = this;
    if (option === undefined) {
      return;
    }
    this.option = undefined;
    this.chart ??= echarts.init(container, null, { renderer: 'svg' });
    const ink = inkOf(container);
    this.chart.setOption({ animation: false, ...styleOf(ink), ...option(ink) }, { notMerge: true });
  };
}

/** Changes when the user's colour scheme does. */
function useScheme(): boolean {
  const query = '(prefers-color-scheme: dark)';
  const [dark, setDark] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const change = () => setDark(list.matches);
    list.addEventListener('change', change);
    return () => list.removeEventListener('change', change);
  }, []);
  return dark;
}

function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour('text'),
    faint: colour('faint'),
    grid: colour('line'),
    surface: colour('surface'),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => colour(`series-${number}`)),
  };
}

function styleOf(ink: Ink): EChartsCoreOption {
  return {
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    color: [...ink.series],
    textStyle: { fontFamily: 'system-ui, sans-serif', color: ink.text },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    // One line, however narrow the page is; the table has all names.
    legend: {
      type: 'scroll',
      top: 0,
      left: 0,
      right: 0,
      textStyle: { color: ink.text },
      inactiveColor: ink.faint,
      pageTextStyle: { color: ink.text },
      pageIconColor: ink.text,
      pageIconInactiveColor: ink.grid,
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: ink.surface,
      borderColor: ink.grid,
      textStyle: { color: ink.text },
    },
  };
}

/** Where the ticks of an axis are, where what is natural to numbers is not to what they stand for. */
export interface Scale {
  readonly interval: number;
  readonly max: number;
}

/** Axes of instants and numbers in the colours of the page. */
export function axes(ink: Ink, label: (value: number) => string, scale?: Scale): EChartsCoreOption {
  const axis = {
    axisLine: { lineStyle: { color: ink.grid } },
    axisLabel: { color: ink.text, hideOverlap: true },
    splitLine: { lineStyle: { color: ink.grid } },
  };
  return {
    useUTC: true,
    xAxis: { type: 'time', ...axis, splitLine: { show: false } },
    yAxis: {
      type: 'value',
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: label },
      ...scale,
    },
  };
}
