import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { absent, readable, shown } from './private/reading';
import { SCAN_ACTION } from './private/tables/scan';

/**
 * How much of a recovery point is scanned for malware.
 */
export enum ScanMode {
  /**
   * All of it.
   */
  FULL_SCAN = 'FULL_SCAN',

  /**
   * What changed since the last scan; all of it at the first scan, after a year, or when the base is gone (Source B5.6/2).
   */
  INCREMENTAL_SCAN = 'INCREMENTAL_SCAN',
}

/**
 * A scan for malware that follows each successful backup of a rule (Source B5.6/1).
 */
export interface ScanAction {
  /**
   * The scanner; AWS Backup knows `GUARDDUTY` alone.
   *
   * @default - not said, which AWS documents nowhere
   */
  readonly malwareScanner?: string;

  /**
   * `FULL_SCAN` or `INCREMENTAL_SCAN`.
   *
   * @default - not said, which AWS documents nowhere
   */
  readonly scanMode?: string;
}

/**
 * What AWS refuses in a scan action.
 */
export class ScanActionRules {
  /**
   * What the rules find. Never throws.
   *
   * @param scanAction the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(scanAction: ScanAction, path: string, probe: IValueProbe): Finding[] {
    if (!readable(scanAction, probe)) {
      return [];
    }
    const { malwareScanner: scanner, scanMode: mode } = scanAction;
    const findings: Finding[] = [];
    if (readable(scanner, probe) && scanner !== 'GUARDDUTY') {
      findings.push(found(SCAN_ACTION.scanner, at(path, 'malwareScanner'), shown(scanner)));
    }
    if (readable(mode, probe) && mode !== ScanMode.FULL_SCAN && mode !== ScanMode.INCREMENTAL_SCAN) {
      findings.push(found(SCAN_ACTION.mode, at(path, 'scanMode'), shown(mode)));
    }
    if (absent(scanner) || absent(mode)) {
      findings.push(found(SCAN_ACTION.incomplete, path, `no ${absent(scanner) ? 'malwareScanner' : 'scanMode'}`));
    }
    return findings;
  }

  private constructor() {}
}
