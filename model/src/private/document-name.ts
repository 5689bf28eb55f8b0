import { Finding, IValueProbe } from '../finding';
import { found } from './found';
import { readable, shown } from './reading';
import { RESTORE_RUNBOOK as RULES } from './tables/restore-runbook';

/** Letters of the name of an SSM document; AWS keeps some beginnings to itself. */
const DOCUMENT_NAME = /^(?!aws|amazon|amzn)[a-zA-Z0-9_.-]{3,128}$/i;

/** Whether Systems Manager takes the name of a document. */
export function checkDocumentName(name: string | undefined, path: string, probe: IValueProbe): Finding[] {
  return readable(name, probe) && !DOCUMENT_NAME.test(name) ? [found(RULES.name, path, shown(name))] : [];
}
