import { refused, Table } from './describe';

export const CLOUDFORMATION = {
  property: refused(
    'cloudformation-property',
    'a property that the type of the resource has',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Backup.html',
  ),
} satisfies Table;
