import { IValueProbe } from '@holdfast/model';
import { Lazy, Token } from 'cdktf';

/** Tells what is known at synthesis from tokens, so that a token is neither checked nor tripped over. */
class TokenValues implements IValueProbe {
  public known(value: unknown): boolean {
    return !Token.isUnresolved(value) && !(typeof value === 'string' && (interpolates(value) || quotesNumber(value)));
  }
}

/** The probe that every construct hands to the rules. */
export const SYNTH: IValueProbe = new TokenValues();

/** A value that is there and that nobody knows yet; for the rules alone, never rendered. */
export const LATER: string = laterValue();

/** Another such value, equal to itself alone. */
export function laterValue(): string {
  return Lazy.stringValue({ produce: () => undefined });
}

/** Authors also write Terraform's `${…}` by hand; `$${` is its way to write a plain `${`. */
function interpolates(text: string): boolean {
  return /(^|[^$])(\$\$)*\$\{/.test(text) || /(^|[^%])(%%)*%\{/.test(text);
}

/** A number that encodes a token, put into text, is a token still: `cron(0 ${variable.numberValue} …)`. */
function quotesNumber(text: string): boolean {
  return (text.match(/-\d(\.\d+)?e\+\d+/g) ?? []).some((number) => Token.isUnresolved(Number(number)));
}
