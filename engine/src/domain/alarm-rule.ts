/**
 * The rule of a composite alarm: `ALARM("a") AND NOT (OK(b) OR INSUFFICIENT_DATA(c))`.
 *
 * Pure.
 * Source   API of CloudWatch, PutCompositeAlarm.
 * Spec     alarms.md
 */
import type { AlarmState } from './alarm-verdict';

/** Whether a rule holds, by the states of the alarms that it names. */
export type AlarmCondition = (stateOf: (nameOrArn: string) => AlarmState | undefined) => boolean;

const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|'([^']+)'|([^()\s"']+))\s*\)|(AND|OR|NOT|TRUE|FALSE|\(|\)))/y;

type Token = readonly [state: string | undefined, name: string, word: string | undefined];

/** @throws Error when the text is no rule */
export function compileAlarmRule(text: string): AlarmCondition {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.trimEnd().length) {
    const found = pattern.exec(text);
    if (found === null) {
      throw new Error(`AlarmRule must not contain leading or trailing whitespace or be null, got '${text}'`);
    }
    tokens.push([found[1], found[2] ?? found[3] ?? found[4] ?? '', found[5]]);
  }
  let next = 0;
  const word = () => tokens[next]?.[2];
  const fail = (): never => {
    throw new Error(`AlarmRule is not understood at part ${next + 1}: '${text}'`);
  };
  const one = (): AlarmCondition => {
    const [state, name, said] = tokens[next++] ?? fail();
    if (state !== undefined) {
      return (stateOf) => stateOf(name) === state;
    }
    if (said === 'NOT') {
      const inner = one();
      return (stateOf) => !inner(stateOf);
    }
    if (said === '(') {
      const inner = either();
      return tokens[next++]?.[2] === ')' ? inner : fail();
    }
    return said === 'TRUE' ? () => true : said === 'FALSE' ? () => false : fail();
  };
  const both = (): AlarmCondition => {
    const parts = [one()];
    while (word() === 'AND') {
      next++;
      parts.push(one());
    }
    return (stateOf) => parts.every((holds) => holds(stateOf));
  };
  const either = (): AlarmCondition => {
    const parts = [both()];
    while (word() === 'OR') {
      next++;
      parts.push(both());
    }
    return (stateOf) => parts.some((holds) => holds(stateOf));
  };
  const whole = either();
  return next === tokens.length ? whole : fail();
}
