(function(){
var folded=document.querySelectorAll("details[data-fold]"),all=document.querySelectorAll("details.why"),i;
function set(list,open){for(var n=0;n<list.length;n++)list[n].open=open}
function reach(){var at=location.hash&&document.getElementById(decodeURIComponent(location.hash.slice(1)));if(at&&at.tagName==="DETAILS")at.open=true}
set(folded,false);reach();
addEventListener("hashchange",reach);
var before=[];
addEventListener("beforeprint",function(){before=[];var d=document.querySelectorAll("details");for(i=0;i<d.length;i++){before.push(d[i].open);d[i].open=true}});
addEventListener("afterprint",function(){var d=document.querySelectorAll("details");for(i=0;i<d.length&&i<before.length;i++)d[i].open=before[i]});
var o=document.querySelector("[data-open]"),c=document.querySelector("[data-close]");
if(o&&c&&all.length>1){o.hidden=c.hidden=false;o.onclick=function(){set(all,true)};c.onclick=function(){set(all,false)}}
})();
