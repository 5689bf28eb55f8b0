/**
 * Frameworks, report plans and restore testing plans of an account in a Region, as declarations.
 *
 * Pure: asks through the reader.
 * Source   API of AWS Backup 2018-11-15. B9.1/3: AWS spells out the defaults of a restore testing plan.
 */
import {
  DescribeFrameworkCommand,
  GetRestoreTestingPlanCommand,
  GetRestoreTestingSelectionCommand,
  ListFrameworksCommand,
  ListReportPlansCommand,
  ListRestoreTestingPlansCommand,
  ListRestoreTestingSelectionsCommand,
} from '@aws-sdk/client-backup';
import type {
  BackupFramework,
  BackupReportPlan,
  RestoreTestingPlan,
  RestoreTestingPoints,
  RestoreTestingSelection,
} from '@holdfast/model';
import { toControls } from '../operations/framework';
import { toReportPlan } from '../operations/report-plan';
import { toTestingPlan, toTestingSelection } from '../operations/restore-testing';
import { Backups, PAGE } from './backups';
import { known, Source } from './source';

const FRAMEWORKS: Source = {
  name: 'frameworks',
  async page(reader, env, NextToken) {
    const backups = new Backups(reader, env);
    const command = new ListFrameworksCommand({ MaxResults: PAGE, ...(NextToken !== undefined && { NextToken }) });
    const { Frameworks = [], NextToken: next } = await backups.ask((client) => client.send(command));
    const frameworks: BackupFramework[] = [];
    for (const { FrameworkName = '', FrameworkArn = '' } of Frameworks) {
      const described = await backups.ask((client) => client.send(new DescribeFrameworkCommand({ FrameworkName })));
      frameworks.push(
        known({
          frameworkName: FrameworkName,
          env,
          controls: toControls(described.FrameworkControls),
          frameworkDescription: described.FrameworkDescription,
          tags: await backups.tagsOf(FrameworkArn),
        }),
      );
    }
    return { frameworks, next };
  },
};

const REPORT_PLANS: Source = {
  name: 'report-plans',
  async page(reader, env, NextToken) {
    const backups = new Backups(reader, env);
    const command = new ListReportPlansCommand({ MaxResults: PAGE, ...(NextToken !== undefined && { NextToken }) });
    const { ReportPlans = [], NextToken: next } = await backups.ask((client) => client.send(command));
    const reportPlans: BackupReportPlan[] = [];
    for (const { ReportPlanName = '', ReportPlanArn = '', ...plan } of ReportPlans) {
      const { ReportSetting, ReportDeliveryChannel, ReportPlanDescription } = plan;
      if (ReportSetting !== undefined && ReportDeliveryChannel !== undefined) {
        const ReportPlanTags = await backups.tagsOf(ReportPlanArn);
        const shape = known({ ReportSetting, ReportDeliveryChannel, ReportPlanDescription, ReportPlanTags });
        reportPlans.push(toReportPlan(env, ReportPlanName, shape));
      }
    }
    return { reportPlans, next };
  },
};

const TESTS: Source = {
  name: 'restore-testing-plans',
  async page(reader, env, NextToken) {
    const backups = new Backups(reader, env);
    const command = new ListRestoreTestingPlansCommand({
      MaxResults: PAGE,
      ...(NextToken !== undefined && { NextToken }),
    });
    const { RestoreTestingPlans = [], NextToken: next } = await backups.ask((client) => client.send(command));
    const restoreTestingPlans: RestoreTestingPlan[] = [];
    for (const { RestoreTestingPlanName = '', RestoreTestingPlanArn = '' } of RestoreTestingPlans) {
      const { RestoreTestingPlan: plan } = await backups.ask((client) =>
        client.send(new GetRestoreTestingPlanCommand({ RestoreTestingPlanName })),
      );
      if (plan !== undefined) {
        const { recoveryPointSelection, ...rest } = toTestingPlan(plan) as Omit<RestoreTestingPlan, 'env'>;
        restoreTestingPlans.push(
          known({
            ...rest,
            recoveryPointSelection: withoutEmpty(recoveryPointSelection),
            restoreTestingPlanName: RestoreTestingPlanName,
            env,
            selections: await selectionsOf(backups, RestoreTestingPlanName),
            tags: await backups.tagsOf(RestoreTestingPlanArn),
          }),
        );
      }
    }
    return { restoreTestingPlans, next };
  },
};

/** AWS spells out that no vault is excluded, which nobody declares. */
function withoutEmpty({ excludeVaults = [], ...points }: RestoreTestingPoints): RestoreTestingPoints {
  return excludeVaults.length === 0 ? points : { ...points, excludeVaults };
}

async function selectionsOf(backups: Backups, RestoreTestingPlanName: string): Promise<RestoreTestingSelection[]> {
  const selections: RestoreTestingSelection[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListRestoreTestingSelectionsCommand({
      RestoreTestingPlanName,
      MaxResults: PAGE,
      ...(NextToken !== undefined && { NextToken }),
    });
    const page = await backups.ask((client) => client.send(command));
    for (const { RestoreTestingSelectionName } of page.RestoreTestingSelections ?? []) {
      const one = await backups.ask((client) =>
        client.send(new GetRestoreTestingSelectionCommand({ RestoreTestingPlanName, RestoreTestingSelectionName })),
      );
      if (one.RestoreTestingSelection !== undefined) {
        selections.push(toTestingSelection(one.RestoreTestingSelection));
      }
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return selections;
}

export const AUDIT_SOURCES: readonly Source[] = [FRAMEWORKS, REPORT_PLANS, TESTS];
