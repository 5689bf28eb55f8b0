import { TerraformResourceLifecycle } from 'cdktf';
import { SYNTH } from './token-values';

/** What is declared of a map of settings, and all keys that AWS Backup has in it. */
type Settings = readonly [declared: Readonly<Record<string, unknown>> | undefined, keys: readonly string[]];

/**
 * Has Terraform leave alone what is not declared of settings that AWS Backup always tells whole.
 *
 * The AWS provider keeps the whole map that it reads, so that each key which is not declared would be a difference for ever
 * (Source B3.3/1). From the first read on Terraform puts in what it read, for keys that are ignored.
 *
 * @param maps argument to its settings
 */
export function leaveAlone(maps: Readonly<Record<string, Settings>>): TerraformResourceLifecycle | undefined {
  const ignored = Object.entries(maps).flatMap(([argument, [declared, keys]]) => {
    if (declared === undefined) {
      return [argument];
    }
    // Of a map that Terraform alone knows every key may be declared.
    return SYNTH.known(declared) && Object.keys(declared).every((key) => SYNTH.known(key))
      ? keys.filter((key) => !(key in declared)).map((key) => `${argument}[${JSON.stringify(key)}]`)
      : [];
  });
  return ignored.length === 0 ? undefined : { ignoreChanges: ignored };
}
