import { BackupPlan, Estate, ServiceSupport, StatefulResource } from '@holdfast/model';
import { IConstruct } from 'constructs';
import { AppReading, Known, referenceOf, resourcesWithin } from './app-reading';
import { readPlan, readSelection } from './read-backup-types';
import { blocksOf } from './read-blocks';
import { describeService } from './resource-arn';

/** What an app declares of plans, and what of resources that hold data at and below a construct, whoever's constructs it is made of. */
export function appEstate(root: IConstruct): Estate {
  const app = new AppReading(root.node.root);
  return {
    plans: plansWithin(app, [app.root]),
    resources: resourcesWithin([root]).flatMap((resource) =>
      describeService(resource) === undefined ? [] : app.know(resource).flatMap((known) => statefulOf(app, known)),
    ),
  };
}

/** Plans at and below some constructs, with the selections that name them, wherever those are. */
export function plansWithin(app: AppReading, roots: readonly IConstruct[]): BackupPlan[] {
  const selections = app.within([app.root], 'aws_backup_selection').map(readSelection);
  return app.within(roots, 'aws_backup_plan').map((known) => ({
    ...readPlan(known, app.tagsOf(known)),
    selections: selections.flatMap(({ planId, selection }) =>
      planId === referenceOf(known.resource, 'id') ? [selection] : [],
    ),
  }));
}

function statefulOf(app: AppReading, known: Known): StatefulResource[] {
  const { resource, name, env, declaredAt } = known;
  const service = describeService(resource);
  const arn = app.arnOf(resource);
  if (service === undefined || arn === undefined) {
    return [];
  }
  const { id, resourceType } = service;
  const own = { arn, service: id, resourceType, name, env, tags: app.tagsOf(known) ?? {}, declaredAt };
  return [own, ...replicasOf(known, own)];
}

/** Each replica of a table is a table of its own, which has the table's tags where they are propagated. */
function replicasOf({ resource, values }: Known, table: StatefulResource): StatefulResource[] {
  if (resource.terraformResourceType !== 'aws_dynamodb_table') {
    return [];
  }
  return blocksOf(values.replica).map(({ region_name: given, propagate_tags: propagated }, index) => {
    const env = { ...table.env, region: given as string };
    const arn = ServiceSupport.arn(table.service, env, table.name ?? '');
    const tags = propagated === true ? table.tags : {};
    return { ...table, env, arn, tags, declaredAt: `${table.declaredAt}.replica[${index}]` };
  });
}
