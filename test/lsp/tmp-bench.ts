import { diskHost } from '../../src/cli/commands/lsp.ts';
import { Editor } from './editor.ts';
const files: Record<string,string> = {};
let n=0;
for (let f=0; f<300; f++) {
  let text='';
  for (let g=0; g<2 && n<2000; g++) {
    text += `resource "aws_security_group" "g${f}_${g}" {\n  name = "g${f}-${g}"\n  description = "Group"\n`;
    for (let r=0;r<4 && n<2000;r++,n++) text += `  ingress {\n    description = "r"\n    from_port = ${8000+r*10}\n    to_port = ${8000+r*10}\n    protocol = "tcp"\n    cidr_blocks = ["10.${f%250}.${g}.0/24"${true?', "0.0.0.0/0"':''}]\n  }\n`;
    text += '}\n';
  }
  files[`f${f}.tf`]=text;
}
console.log('rules', n, 'bytes', Object.values(files).join('').length);
const e = await Editor.start(files);
let t=performance.now();
await e.open('f0.tf', files['f0.tf']!);
await e.shown('f0.tf');
console.log('first', performance.now()-t, e.latest('f0.tf')!.diagnostics.length);
const times:number[]=[];
const rounds=Number(process.argv[2]??60);
const heap=()=>{ (globalThis as any).gc?.(); return Math.round(process.memoryUsage().heapUsed/1e6)};
console.log('heap', heap());
for (let i=0;i<rounds;i++){
  const v = await e.change('f0.tf',{text: files['f0.tf']!.replace('8000', String(8000+i%9))});
  t=performance.now();
  await e.shown('f0.tf', v);
  times.push(performance.now()-t-50);
}
times.sort((a,b)=>a-b);
console.log('p50',times[times.length>>1],'p95',times[Math.floor(times.length*.95)], 'heap', heap());
await e.end(); process.exit(0);
