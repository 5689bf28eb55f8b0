import { GlobalSettings } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import { Token } from 'aws-cdk-lib/core';
import { allowed, GLUE, ids, logicalIds, told } from './support/settings';
import { annotations, stackOf } from './support/stacks';

const TYPE = 'Custom::BackupGlobalSettings';

test('tells the function what is declared alone', () => {
  const stack = stackOf();
  new GlobalSettings(stack, 'Settings', { isCrossAccountBackupEnabled: true, isMpaEnabled: false });
  expect(told(stack, TYPE)).toEqual({
    GlobalSettings: { isCrossAccountBackupEnabled: true, isMpaEnabled: false },
  });
});

test('may do nothing but read and set them', () => {
  const stack = stackOf();
  new GlobalSettings(stack, 'Settings', { isDelegatedAdministratorEnabled: true });
  expect(told(stack, TYPE)).toEqual({ GlobalSettings: { isDelegatedAdministratorEnabled: true } });
  expect(allowed(stack)).toEqual([
    { Action: ['backup:DescribeGlobalSettings', 'backup:UpdateGlobalSettings'], Effect: 'Allow', Resource: '*' },
  ]);
});

test('warns of settings without any, unless that is waived', () => {
  const stack = stackOf();
  new GlobalSettings(stack, 'Settings', {});
  expect(annotations(stack, 'warning')).toEqual([expect.stringContaining('must be given at least 1 setting')]);
  const other = stackOf();
  const waivers = [{ rule: 'global-settings-empty', path: '*', reason: 'to come' }];
  new GlobalSettings(other, 'Settings', { waivers });
  expect(annotations(other, 'warning')).toEqual([]);
  Template.fromStack(other).hasResource(TYPE, { Metadata: { Holdfast: { waivers } } });
});

test('a setting may be a token', () => {
  const stack = stackOf();
  const on = Token.asString({ Ref: 'On' }) as unknown as boolean;
  new GlobalSettings(stack, 'Settings', { isMpaEnabled: on });
  expect(told(stack, TYPE)).toEqual({ GlobalSettings: { isMpaEnabled: { Ref: 'On' } } });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  expect(ids(new GlobalSettings(stack, 'Settings', { isMpaEnabled: true }))).toEqual(GLUE);
  expect(logicalIds(stack)).toEqual([
    'SettingsFunctionLog97941F74',
    'SettingsFunctionRoleDA5A6C1E',
    'SettingsFunctionPolicy81B11875',
    'SettingsFunctionE88D2C05',
    'Settings1CCB6159',
  ]);
});
