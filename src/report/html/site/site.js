(function(){
var box=document.querySelector(".find");if(!box)return;
var input=box.querySelector("input"),panel=box.querySelector("#q-found"),said=panel.querySelector("p"),list=panel.querySelector("ol");
var say=box.dataset,zh=say.lang==="zh",kinds=say.kinds.split("|"),most=50,items=null,packs=[],asked=false;
function fold(text){return text.normalize("NFKC").toLowerCase()}
window.plumbruleIndex=function(data){
packs=data.packs;
items=data.items.map(function(it){return{kind:it[0],pack:it[1],place:it[2],id:it[3],names:[it[4],it[5]],key:fold(it[3]),labels:[fold(it[4]),fold(it[5])],all:fold([it[3],it[4],it[5],it[6]].join(" "))}});
show()};
function load(){if(asked)return;asked=true;var s=document.createElement("script");s.src=say.index;document.head.appendChild(s)}
function rank(it,words,whole){
for(var n=0;n<words.length;n++)if(it.all.indexOf(words[n])<0)return -1;
if(it.key===whole||it.labels.indexOf(whole)>=0)return 0;
if(it.key.indexOf(whole)===0)return 1;
if(it.labels[0].indexOf(whole)===0||it.labels[1].indexOf(whole)===0)return 2;
if(it.key.indexOf(whole)>=0||it.labels[0].indexOf(whole)>=0||it.labels[1].indexOf(whole)>=0)return 3;
return 4}
function piece(parent,name,kind,text){var it=document.createElement(name);if(kind)it.className=kind;it.textContent=text;parent.appendChild(it);return it}
function close(){panel.hidden=true;list.textContent="";said.textContent=""}
function show(){
var whole=fold(input.value.trim());
if(!whole){close();return}
load();if(!items)return;
var words=whole.split(/\s+/),found=[];
items.forEach(function(it,n){var r=rank(it,words,whole);if(r>=0)found.push([r,n,it])});
found.sort(function(a,b){return a[0]-b[0]||a[1]-b[1]});
list.textContent="";
found.slice(0,most).forEach(function(one){
var it=one[2],li=document.createElement("li"),a=document.createElement("a");
a.href=say.root+it.place;
piece(a,"span","tag",kinds[it.kind]);a.appendChild(document.createTextNode(" "));
piece(a,"span","rid",it.id);a.appendChild(document.createTextNode(" "));
piece(a,"bdi","",(zh?it.names[0]||it.names[1]:it.names[1]||it.names[0]));
if(packs.length>1&&it.kind){a.appendChild(document.createTextNode(" "));piece(a,"span","aside",packs[it.pack][zh?1:2])}
li.appendChild(a);list.appendChild(li)});
said.textContent=(found.length?(found.length>most?say.many:say.some):say.none).replace("%1",found.length).replace("%2",most);
panel.hidden=false}
function links(){return [input].concat(Array.prototype.slice.call(list.querySelectorAll("a")))}
box.addEventListener("keydown",function(e){
if(e.key==="Escape"){input.value="";close();input.focus();return}
if(e.key==="Enter"&&e.target===input){var first=list.querySelector("a");if(first)first.click();return}
if(e.key!=="ArrowDown"&&e.key!=="ArrowUp")return;
var all=links(),at=all.indexOf(document.activeElement),to=at+(e.key==="ArrowDown"?1:-1);
if(at>=0&&to>=0&&to<all.length){all[to].focus();e.preventDefault()}});
document.addEventListener("keydown",function(e){
var t=e.target.tagName;
if((e.key==="/"||e.key==="s")&&!e.ctrlKey&&!e.metaKey&&!e.altKey&&t!=="INPUT"&&t!=="TEXTAREA"&&t!=="SELECT"){e.preventDefault();input.focus();input.select()}});
input.addEventListener("focus",load);
input.addEventListener("input",show);
box.hidden=false;
var q=/[?&]q=([^&]*)/.exec(location.search);
if(q){try{input.value=decodeURIComponent(q[1].replace(/\+/g," "))}catch(e){}show()}
})();
