/** Syntax trees as short text, for tests to compare and people to read. */

import type { Body, Expression, ObjectEntry, TemplatePart } from '../../src/hcl/syntax.ts';

/** One line for each item: attributes with their values, blocks with their bodies indented by two spaces. */
export function outlineBody(body: Body, indentation = ''): string {
  return body.items
    .map((item) => {
      if (item.kind === 'attribute') return `${indentation}${item.name.name} = ${outline(item.value)}\n`;
      const labels = item.labels.map((label) => (label.quoted ? ` ${JSON.stringify(label.name)}` : ` ${label.name}`));
      return `${indentation}${item.type.name}${labels.join('')}:\n${outlineBody(item.body, `${indentation}  `)}`;
    })
    .join('');
}

/** An expression with brackets that show how it was understood. */
export function outline(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return node.text;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    case 'string':
      return JSON.stringify(node.value);
    case 'template':
      return `${node.form}<${parts(node.parts)}>`;
    case 'tuple':
      return `[${node.items.map(outline).join(', ')}]`;
    case 'object':
      return `{${node.entries.map(entry).join(', ')}}`;
    case 'for': {
      const names = node.keyName === undefined ? node.valueName.name : `${node.keyName.name}, ${node.valueName.name}`;
      const key = node.key === undefined ? '' : `${outline(node.key)} => `;
      const condition = node.condition === undefined ? '' : ` if ${outline(node.condition)}`;
      return `for-${node.form}(${names} in ${outline(node.collection)}: ${key}${outline(node.value)}${node.grouped ? '...' : ''}${condition})`;
    }
    case 'conditional':
      return `(${outline(node.condition)} ? ${outline(node.whenTrue)} : ${outline(node.whenFalse)})`;
    case 'binary':
      return `(${outline(node.left)} ${node.operator} ${outline(node.right)})`;
    case 'unary':
      return `(${node.operator}${outline(node.operand)})`;
    case 'call':
      return `${node.name.name}(${node.arguments.map(outline).join(', ')}${node.expandFinal ? '...' : ''})`;
    case 'reference':
      return node.name;
    case 'get':
      return `${outline(node.object)}.${node.name.name}`;
    case 'index':
      return `${outline(node.object)}[${outline(node.index)}${node.legacy ? ' legacy' : ''}]`;
    case 'splat':
      return `${node.full ? 'full' : 'attribute'}-splat(${outline(node.source)}, ${outline(node.each)})`;
    case 'splat-item':
      return '@';
    case 'parentheses':
      return `paren(${outline(node.inner)})`;
    case 'invalid':
      return 'INVALID';
  }
}

function entry({ key, value }: ObjectEntry): string {
  return `${key.kind === 'identifier' ? key.name : `<${outline(key)}>`} = ${outline(value)}`;
}

function parts(list: readonly TemplatePart[]): string {
  return list
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return JSON.stringify(part.value);
        case 'interpolation':
          return `\${${outline(part.expression)}}`;
        case 'template-if':
          return `if(${outline(part.condition)}: ${parts(part.whenTrue)} else: ${parts(part.whenFalse)})`;
        case 'template-for': {
          const names =
            part.keyName === undefined ? part.valueName.name : `${part.keyName.name}, ${part.valueName.name}`;
          return `for(${names} in ${outline(part.collection)}: ${parts(part.body)})`;
        }
        default:
          throw new Error(`unknown part ${JSON.stringify(part)}`);
      }
    })
    .join(' ');
}
