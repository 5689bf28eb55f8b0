import { Severity } from '../../finding';
import { advice, Table } from './describe';

export const DOCUMENT = {
  form: advice(
    'blueprint-document',
    Severity.ERROR,
    'a blueprint, holdfast.blueprint/1, as docs/blueprint.schema.json has it',
    'the rules themselves',
  ),
} satisfies Table;
