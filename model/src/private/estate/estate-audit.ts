import { Finding } from '../../finding';
import { BackupFrameworkRules } from '../../framework';
import { BackupReportPlanRules } from '../../report-plan';
import { members } from '../reading';
import { EstateIndex } from './estate-index';

/** Frameworks and report plans among themselves, and what can never comply with a framework. */
export function checkAudit({ estate, probe }: EstateIndex): Finding[] {
  const frameworks = members(estate.frameworks, probe).map(([, framework]) => framework);
  const { plans, vaults, logicallyAirGappedVaults } = estate;
  return [
    ...BackupFrameworkRules.checkTogether(frameworks, probe),
    ...BackupReportPlanRules.checkTogether(estate.reportPlans ?? [], probe),
    ...frameworks.flatMap((framework) =>
      BackupFrameworkRules.checkCompliance(
        framework,
        { plans, vaults, logicallyAirGappedVaults },
        framework.declaredAt ?? framework.frameworkName,
        probe,
      ),
    ),
  ];
}
