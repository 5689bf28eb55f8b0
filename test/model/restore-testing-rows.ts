import { RestoreTestingSelection } from '@holdfast/model';

export function testSelection(over: Partial<RestoreTestingSelection> = {}): RestoreTestingSelection {
  return {
    restoreTestingSelectionName: 'tables',
    protectedResourceType: 'DynamoDB',
    iamRoleArn: 'arn:aws:iam::123456789012:role/restore',
    protectedResourceArns: ['*'],
    ...over,
  };
}
