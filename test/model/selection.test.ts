import { BackupSelection, BackupSelectionRules, TagCondition } from '@holdfast/model';
import { many, PLAIN, Row, selection, testRows } from './rows';

const VOLUME = 'arn:aws:ec2:eu-central-1:123456789012:volume/vol-';
const tag = (conditionKey: string, conditionValue = 'daily'): TagCondition => ({ conditionKey, conditionValue });
const on = (key: string, value = 'prod'): TagCondition[] => [tag(`aws:ResourceTag/${key}`, value)];
const arns = (plain: number, starred = 0): Partial<BackupSelection> => ({
  resources: [...many(plain, (i) => `${VOLUME}${i}`), ...many(starred, (i) => `${VOLUME}a${i}*`)],
});
const tags = (...listOfTags: TagCondition[]): Partial<BackupSelection> => ({ listOfTags });
const none: Partial<BackupSelection> = { resources: undefined };

// prettier-ignore
const ROWS: Row<Partial<BackupSelection>>[] = [
  ['selection-name', 'fails',  { selectionName: '' },             's.selectionName', 'an empty name'],
  ['selection-name', 'passes', { selectionName: 'a' }],
  ['selection-name', 'passes', { selectionName: 'a'.repeat(50) }],
  ['selection-name', 'fails',  { selectionName: 'a'.repeat(51) }, 's.selectionName', `51 characters: ${'a'.repeat(51)}`],
  ['selection-role-arn', 'passes', { iamRoleArn: 'arn:aws:iam::123456789012:role/service-role/AWSBackupDefaultServiceRole' }],
  ['selection-role-arn', 'fails',  { iamRoleArn: 'backup' },      's.iamRoleArn', 'backup'],
  ['selection-role-arn', 'fails',  { iamRoleArn: 'arn:aws:iam::123456789012:user/backup' }, 's.iamRoleArn', 'arn:aws:iam::123456789012:user/backup'],

  ['selection-empty', 'fails',  { ...none },                                          's.resources', 'neither'],
  ['selection-empty', 'fails',  { resources: [], listOfTags: [] },                    's.resources', 'neither'],
  ['selection-empty', 'fails',  { ...none, notResources: ['arn:aws:s3:::x'] },        's.resources', 'neither'],
  ['selection-empty', 'fails',  { ...none, conditions: { stringEquals: on('a') } },   's.resources', 'neither, with 1 condition'],
  ['selection-empty', 'passes', arns(1)],
  ['selection-empty', 'passes', tags(tag('backup'))],

  ['selection-arns',          'passes', arns(500)],
  ['selection-arns',          'fails',  arns(501),                                    's.resources', '501'],
  ['selection-arns',          'passes', { notResources: arns(500).resources }],
  ['selection-arns',          'fails',  { notResources: arns(501).resources },        's.notResources', '501'],
  ['selection-wildcard-arns', 'passes', arns(0, 30)],
  ['selection-wildcard-arns', 'fails',  arns(0, 31),                                  's.resources', '31'],
  ['selection-wildcard-arns', 'fails',  { notResources: arns(0, 31).resources },      's.notResources', '31'],
  ['selection-tags',          'passes', tags(...many(30, (i) => tag('backup', `${i}`)))],
  ['selection-tags',          'fails',  tags(...many(31, (i) => tag('backup', `${i}`))), 's.listOfTags', '31'],
  ['selection-conditions',    'passes', { conditions: { stringLike: many(20, () => on('a')[0]!), stringNotLike: many(10, () => on('b')[0]!) } }],
  ['selection-conditions',    'fails',  { conditions: { stringLike: many(20, () => on('a')[0]!), stringNotLike: many(11, () => on('b')[0]!) } }, 's.conditions', '31'],

  ['selection-resource-arn',  'passes', { resources: ['*'] }],
  ['selection-resource-arn',  'passes', { resources: ['arn:aws:rds:*'] }],
  ['selection-resource-arn',  'passes', { resources: ['arn:aws:s3:::bucket'] }],
  ['selection-resource-arn',  'fails',  { resources: ['bucket'] },                    's.resources[0]', 'bucket'],
  ['selection-resource-arn',  'fails',  { resources: ['arn:aws:s3'] },                's.resources[0]', 'arn:aws:s3'],
  ['selection-resource-arn',  'fails',  { resources: ['arn:aws:s3:::x y'] },          's.resources[0]', 'arn:aws:s3:::x y'],
  ['selection-resource-star', 'passes', { resources: ['arn:aws:s3:::my-bucket-*'] }],
  ['selection-resource-star', 'passes', { resources: ['arn:aws:rds:*:*:db:*'] }],
  ['selection-resource-star', 'fails',  { resources: ['arn:aws:s3:::*-logs'] },       's.resources[0]', 'arn:aws:s3:::*-logs'],
  ['selection-resource-star', 'fails',  { notResources: ['arn:aws:s3:::*-logs'] },    's.notResources[0]', 'arn:aws:s3:::*-logs'],
  ['selection-resource-service', 'passes', { resources: ['arn:aws:elasticfilesystem:*:*:file-system/*'] }],
  ['selection-resource-service', 'passes', { resources: ['arn:aws:dynamodb:*'] }],
  ['selection-resource-service', 'fails',  { resources: ['arn:aws:sqs:eu-central-1:123456789012:queue'] }, 's.resources[0]', 'arn:aws:sqs:eu-central-1:123456789012:queue'],
  ['selection-rds-family',    'passes', { resources: ['arn:aws:rds:*:*:db:*'] }],
  ['selection-rds-family',    'fails',  { resources: ['arn:aws:rds:*'] },             's.resources[0]', 'arn:aws:rds:*'],
  ['selection-rds-family',    'fails',  { resources: ['arn:aws:rds:*:*:*'] },         's.resources[0]', 'arn:aws:rds:*:*:*'],

  ['selection-everything',        'fails',  { resources: ['*'] },                     's.resources[0]', '*'],
  ['selection-everything',        'passes', { resources: ['*'], conditions: { stringEquals: on('a') } }],
  ['selection-everything',        'passes', { resources: ['*'], notResources: ['arn:aws:s3:::x'] }],
  ['selection-resources-or-tags', 'passes', arns(2)],
  ['selection-resources-or-tags', 'passes', tags(tag('backup'))],
  ['selection-resources-or-tags', 'fails',  { ...arns(2), ...tags(tag('backup')) },   's.listOfTags', '2 resources and 1 tag'],
  ['selection-tags-or',           'passes', tags(tag('backup', 'daily'), tag('backup', 'weekly'))],
  ['selection-tags-or',           'fails',  tags(tag('backup', 'daily'), tag('stage', 'prod')), 's.listOfTags', '2 keys: backup, stage'],
  ['selection-tag-key',           'passes', tags(tag('backup'))],
  ['selection-tag-key',           'fails',  tags(tag('aws:ResourceTag/backup')),      's.listOfTags[0].conditionKey', 'aws:ResourceTag/backup'],
  ['selection-tag-star',          'passes', tags(tag('backup', 'daily'))],
  ['selection-tag-star',          'fails',  tags(tag('backup', 'da*')),               's.listOfTags[0].conditionValue', 'da*'],
  ['selection-condition-type',    'passes', tags({ ...tag('backup'), conditionType: 'STRINGEQUALS' })],
  ['selection-condition-type',    'fails',  tags({ ...tag('backup'), conditionType: 'STRINGLIKE' }), 's.listOfTags[0].conditionType', 'STRINGLIKE'],
  ['selection-condition-type',    'fails',  tags({ ...tag('backup'), conditionType: '' }), 's.listOfTags[0].conditionType', 'none'],

  ['selection-condition-key',      'passes', { conditions: { stringEquals: on('stage') } }],
  ['selection-condition-key',      'fails',  { conditions: { stringEquals: [tag('stage')] } },            's.conditions.stringEquals[0].conditionKey', 'stage'],
  ['selection-condition-key',      'fails',  { conditions: { stringNotLike: [tag('aws:ResourceTag/')] } }, 's.conditions.stringNotLike[0].conditionKey', 'aws:ResourceTag/'],
  ['selection-condition-key-case', 'passes', { conditions: { stringEquals: on('stage') } }],
  ['selection-condition-key-case', 'fails',  { conditions: { stringEquals: [tag('aws:resourcetag/stage')] } }, 's.conditions.stringEquals[0].conditionKey', 'aws:resourcetag/stage'],
  ['selection-condition-star',     'passes', { conditions: { stringLike: on('stage', 'p*'), stringNotLike: on('name', 'tmp-*') } }],
  ['selection-condition-star',     'fails',  { conditions: { stringEquals: on('stage', 'p*') } },    's.conditions.stringEquals[0].conditionValue', 'p*'],
  ['selection-condition-star',     'fails',  { conditions: { stringNotEquals: on('stage', 'p*') } }, 's.conditions.stringNotEquals[0].conditionValue', 'p*'],

  ['selection-contradiction', 'passes', { conditions: { stringEquals: on('a', 'x'), stringLike: on('a', 'x*'), stringNotEquals: on('a', 'y'), stringNotLike: on('a', 'y*') } }],
  // The sample of the developer guide that can match nothing.
  ['selection-contradiction', 'fails',  { conditions: { stringEquals: on('path'), stringLike: on('path', 'prod/*') } }, 's.conditions.stringLike[0]', 'stringEquals prod with stringLike prod/* on aws:ResourceTag/path'],
  ['selection-contradiction', 'fails',  { conditions: { stringEquals: [...on('a', 'x'), ...on('a', 'y')] } },          's.conditions.stringEquals[1]', 'stringEquals x with stringEquals y on aws:ResourceTag/a'],
  ['selection-contradiction', 'fails',  { conditions: { stringEquals: on('a', 'x'), stringNotEquals: on('a', 'x') } }, 's.conditions.stringNotEquals[0]', 'stringEquals x with stringNotEquals x on aws:ResourceTag/a'],
  ['selection-contradiction', 'fails',  { conditions: { stringLike: on('a', 'x/*'), stringNotLike: on('a', 'x*') } },  's.conditions.stringNotLike[0]', 'stringLike x/* with stringNotLike x* on aws:ResourceTag/a'],
  ['selection-contradiction', 'passes', { conditions: { stringLike: on('a', 'x*'), stringNotLike: on('a', 'x/*') } }],
  ['selection-contradiction', 'passes', { conditions: { stringEquals: [...on('a', 'x'), ...on('b', 'y')] } }],
  // Vector 11 of the reference: an untagged volume stays selected.
  ['selection-negative-condition', 'fails',  { conditions: { stringNotEquals: on('stage', 'test') } }, 's.conditions.stringNotEquals[0]', 'stringNotEquals test alone on aws:ResourceTag/stage'],
  ['selection-negative-condition', 'passes', { conditions: { stringNotEquals: on('stage', 'test'), stringLike: on('stage', '*') } }],

  ['selection-excludes-all', 'fails',  { notResources: ['*'] },                                       's.notResources', '*'],
  ['selection-excludes-all', 'fails',  { ...arns(1), notResources: ['arn:aws:ec2:*:*:volume/*'] },    's.notResources', 'arn:aws:ec2:*:*:volume/*'],
  ['selection-excludes-all', 'passes', { ...arns(2), notResources: [`${VOLUME}0`] }],
  ['selection-excludes-all', 'passes', { ...arns(1), ...tags(tag('backup')), notResources: [`${VOLUME}0`] }],
];

testRows((over) => BackupSelectionRules.check(selection(over), 's', PLAIN), ROWS);
