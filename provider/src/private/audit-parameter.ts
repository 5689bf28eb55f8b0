import { ControlInputParameter } from '@holdfast/model';
import { Fn, Token } from 'cdktf';

/** The value of a parameter as text, tokens in it kept. */
export function parameterText(value: unknown): string {
  if (Array.isArray(value)) {
    return Token.isUnresolved(value) ? Fn.join(',', value as string[]) : value.join(',');
  }
  if (typeof value === 'object' && value !== null && !Token.isUnresolved(value)) {
    return jsonText(value);
  }
  if (typeof value === 'string') {
    return value;
  }
  // AWS Config keeps texts: a number in JSON would differ from what it answers with.
  return Token.isUnresolved(value) ? Fn.tostring(value) : String(value);
}

/** Parameters of a rule of AWS Config: names to texts, as JSON; undefined for none. */
export function parameterTexts(parameters: ControlInputParameter[]): string | undefined {
  return parameters.length === 0
    ? undefined
    : jsonText(
        Object.fromEntries(
          parameters.map(({ parameterName, parameterValue }) => [parameterName, parameterText(parameterValue)]),
        ),
      );
}

/** JSON; by Terraform where it knows a value alone, which may have quotes in it. */
export function jsonText(value: object): string {
  const text = JSON.stringify(value);
  return text.includes('${TfToken[') || text.includes('#{TfToken[') ? Fn.jsonencode(value) : text;
}
