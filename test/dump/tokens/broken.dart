var a = 'no end;
var b = "${a";
var c = 0x + 1__ + 1e;
var d = ` \ ¤;
/* no end
