import { IValueProbe } from '@holdfast/model';
import { Token } from 'cdktf';

/** Tells what is known at synthesis from tokens, so that a token is neither checked nor tripped over. */
class TokenValues implements IValueProbe {
  public known(value: unknown): boolean {
    return !Token.isUnresolved(value) && !(typeof value === 'string' && interpolates(value));
  }
}

/** The probe that every construct hands to the rules. */
export const SYNTH: IValueProbe = new TokenValues();

/** Authors also write Terraform's `${…}` by hand; `$${` is its way to write a plain `${`. */
function interpolates(text: string): boolean {
  return /(^|[^$])(\$\$)*\$\{/.test(text) || /(^|[^%])(%%)*%\{/.test(text);
}
