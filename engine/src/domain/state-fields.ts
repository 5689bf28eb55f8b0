/**
 * The fields of one state, in whichever language it queries: what it takes in, what it hands on, what it assigns.
 *
 * Pure, but for chance that is drawn.
 * Source   the developer guide of Step Functions, "Processing input and output", "Transforming data with JSONata", "Passing
 *          data between states with variables".
 * Spec     state-machines.md
 */
import type { Instant } from '../kernel/instant';
import { chosen, type ChoiceRule } from './choice-rules';
import { filled, putAt, read, tryRead } from './states-data';
import { type Catcher, RUNTIME, type State, StateFailure, type Template, type Way } from './states-definition';
import type { Seen } from './states-jsonata';
import type { Context, Scope, Variables } from './states-scope';

// Loaded by the first state that queries so: the library is large, and most Worlds have none of these.
const expressions = () => require('./states-jsonata') as typeof import('./states-jsonata');

/** What a state leaves for the next. */
export interface Left {
  readonly input: unknown;
  readonly variables: Variables;
}

type NumberField = 'Seconds' | 'MaxConcurrency' | 'ToleratedFailureCount' | 'ToleratedFailurePercentage';

/** Source: states whose result is not what came in. */
const RESULTING = ['Task', 'Parallel', 'Map'];

export class Fields {
  private readonly jsonata: boolean;

  constructor(
    private readonly state: State,
    language: string | undefined,
    private readonly scope: Scope,
  ) {
    this.jsonata = (state.QueryLanguage ?? language) === 'JSONata';
  }

  get now(): Instant {
    return this.scope.now;
  }

  /** Whether a Map state may go through the names of an object. */
  get takesObjects(): boolean {
    return this.jsonata;
  }

  /** The same fields, where the context object shows more. */
  within(more: Context): Fields {
    const { state, scope } = this;
    const language = this.jsonata ? 'JSONata' : 'JSONPath';
    return new Fields(state, language, { ...scope, context: { ...scope.context, ...more } });
  }

  /** What the state works on. */
  input(raw: unknown): unknown {
    return this.jsonata ? raw : read(this.state.InputPath, raw, this.scope, 'InputPath');
  }

  /** What a Pass state makes. */
  passed(input: unknown): unknown {
    const { Result, Parameters } = this.state;
    return this.jsonata || Result === undefined ? this.template(this.jsonata ? undefined : Parameters, input) : Result;
  }

  /** What a task or the branches are given. */
  given(input: unknown): unknown {
    const { Arguments, Parameters } = this.state;
    return this.jsonata ? this.evaluated(Arguments, { input }, 'Arguments', input) : this.template(Parameters, input);
  }

  /** What a Map state goes through: an array, or in JSONata an object. */
  items(input: unknown): unknown {
    const { Items, ItemsPath } = this.state;
    return this.jsonata
      ? this.evaluated(Items, { input }, 'Items', input)
      : read(ItemsPath, input, this.scope, 'ItemsPath');
  }

  /** What an iteration is given in place of its item. */
  item(input: unknown, item: unknown): unknown {
    const { ItemSelector, Parameters } = this.state;
    if (this.jsonata) {
      return this.evaluated(ItemSelector, { input }, 'ItemSelector', item);
    }
    const selector = ItemSelector ?? Parameters;
    return selector === undefined ? item : filled(selector, input, this.scope);
  }

  /** Any other template in a field. */
  filled(template: unknown, input: unknown, field: string): unknown {
    return this.jsonata
      ? expressions().evaluated(template, { input }, this.scope, field)
      : filled(template, input, this.scope);
  }

  /** What the state hands on once it is done. */
  left(raw: unknown, result: unknown): Left {
    const { state, scope } = this;
    if (this.jsonata) {
      const seen = { input: raw, ...(RESULTING.includes(state.Type) && { result }) };
      return this.way(seen, state, '', result);
    }
    const selected = state.ResultSelector === undefined ? result : filled(state.ResultSelector, result, scope);
    const put = RESULTING.concat('Pass').includes(state.Type) ? putAt(state.ResultPath, raw, selected) : selected;
    return { input: read(state.OutputPath, put, scope, 'OutputPath'), variables: this.assigned(state.Assign, result) };
  }

  /** What a caught error hands on. */
  caught(raw: unknown, catcher: Catcher, number: number, errorOutput: object): Left {
    return this.jsonata
      ? this.way({ input: raw, errorOutput }, catcher, `Catch[${number}]/`, errorOutput)
      : {
          input: putAt(catcher.ResultPath, raw, errorOutput),
          variables: this.assigned(catcher.Assign, errorOutput),
        };
  }

  /** What a choice hands on: as its rule says, or as the state does where none fits. */
  chosen(raw: unknown, input: unknown, rule: Way | undefined, number: number): Left {
    const { state, scope } = this;
    return this.jsonata
      ? this.way({ input: raw }, rule ?? state, rule === undefined ? '' : `Choices[${number}]/`, raw)
      : {
          input: read(state.OutputPath, input, scope, 'OutputPath'),
          variables: this.assigned((rule ?? state).Assign, input),
        };
  }

  /** Whether a rule of a choice fits. */
  fits(rule: ChoiceRule, number: number, input: unknown): boolean {
    return this.jsonata
      ? expressions().evaluatedTo('boolean', rule.Condition, { input }, this.scope, `Choices[${number}]/Condition`)
      : chosen(rule, (path) => tryRead(path, input, this.scope));
  }

  /** A number that a field has, or that its path or expression leads to. */
  number(field: NumberField, input: unknown): number {
    return this.tryNumber(field, this.state[field], this.state[`${field}Path`], input) ?? 0;
  }

  /** The same; undefined where there is neither. */
  tryNumber(field: string, value: unknown, path: string | undefined, input: unknown): number | undefined {
    if (value === undefined && path === undefined) {
      return undefined;
    }
    if (this.jsonata) {
      return expressions().evaluatedTo('number', value, { input }, this.scope, field);
    }
    const found = value ?? read(path, input, this.scope, `${field}Path`);
    if (typeof found !== 'number') {
      const cause = `The ${field}Path parameter cannot be parsed as a long value: ${path} == ${JSON.stringify(found)}`;
      throw new StateFailure(RUNTIME, cause);
    }
    return found;
  }

  /** The same of a text; empty where there is none. */
  text(field: 'Error' | 'Cause' | 'Timestamp', input: unknown): string {
    const [value, path] = [this.state[field], this.state[`${field}Path`]];
    if (this.jsonata) {
      return value === undefined ? '' : expressions().evaluatedTo('string', value, { input }, this.scope, field);
    }
    const found = path === undefined ? value : read(path, input, this.scope, `${field}Path`);
    return typeof found === 'string' ? found : found === undefined ? '' : JSON.stringify(found);
  }

  private way(
    seen: Seen,
    { Output, Assign }: Pick<State, 'Output' | 'Assign'>,
    field: string,
    otherwise: unknown,
  ): Left {
    const input = this.evaluated(Output, seen, `${field}Output`, otherwise);
    const assigned = expressions().evaluated(Assign ?? {}, seen, this.scope, `${field}Assign`) as Variables;
    return { input, variables: { ...this.scope.variables, ...assigned } };
  }

  private evaluated(template: unknown, seen: Seen, field: string, otherwise: unknown): unknown {
    return template === undefined ? otherwise : expressions().evaluated(template, seen, this.scope, field);
  }

  private template(template: unknown, input: unknown): unknown {
    return template === undefined ? input : filled(template, input, this.scope);
  }

  private assigned(template: Template | undefined, data: unknown): Variables {
    const made = template === undefined ? {} : (filled(template, data, this.scope) as Variables);
    return { ...this.scope.variables, ...made };
  }
}
