import { BackupLimits } from './backup-limits';
import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { readable, shown } from './private/reading';
import { TAG } from './private/tables/tag';

/** Letters, spaces and digits of any script, and the signs that AWS takes beside them (Source API_KeyValue). */
const TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const KEY_LENGTH = 128;
const VALUE_LENGTH = 256;

/**
 * What AWS Backup refuses in tags, whatever they are put on: vaults, plans, recovery points, frameworks and the like.
 */
export class TagRules {
  /**
   * What the rules find in the tags of one thing. Never throws.
   *
   * @param tags the tags, values by key
   * @param path where the tags are
   * @param probe tells which values are known now
   */
  public static check(tags: { [key: string]: string }, path: string, probe: IValueProbe): Finding[] {
    const findings = TagRules.checkEach(tags, path, probe);
    const count = readable(tags, probe) ? Object.keys(tags).length : 0;
    if (count > BackupLimits.TAGS_OF_RECOVERY_POINT) {
      findings.push(found(TAG.count, path, String(count)));
    }
    return findings;
  }

  /**
   * What the rules find in keys and values, however many there are: for what has a number of its own. Never throws.
   *
   * @param tags the tags, values by key
   * @param path where the tags are
   * @param probe tells which values are known now
   */
  public static checkEach(tags: { [key: string]: string }, path: string, probe: IValueProbe): Finding[] {
    const findings: Finding[] = [];
    for (const [key, value] of readable(tags, probe) ? Object.entries(tags) : []) {
      if (!probe.known(key)) {
        continue;
      }
      const wrong = faultOf(key, KEY_LENGTH);
      if (TagRules.isReserved(key)) {
        findings.push(found(TAG.reserved, path, key));
      } else if (key === '' || wrong !== undefined) {
        findings.push(found(TAG.key, path, wrong ?? 'an empty key'));
      }
      const wrongValue = readable(value, probe) ? faultOf(String(value), VALUE_LENGTH) : undefined;
      if (wrongValue !== undefined) {
        findings.push(found(TAG.value, at(path, key), wrongValue));
      }
    }
    return findings;
  }

  /**
   * Whether only AWS itself gives tags with this key, changes them and takes them away: it begins with `aws:`, in whatever case.
   *
   * @param key key of a tag
   */
  public static isReserved(key: string): boolean {
    return key.toLowerCase().startsWith('aws:');
  }

  private constructor() {}
}

/** Characters count, not the halves of which some are made in JavaScript. */
function faultOf(text: string, longest: number): string | undefined {
  const { length } = [...text];
  if (length > longest) {
    return `${length} characters`;
  }
  return TEXT.test(text) ? undefined : shown(text);
}
