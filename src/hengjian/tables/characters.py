"""Traditional characters of headings and the simplified ones they are read as."""

_TRADITIONAL = "證號碼學歷業職務單電話機級別條種類備註時間聯繫畢專齡編現從動態報認評價鑑鑒書員與處據屬實關係險約開終關術師長產資歲門車間組請說"
_SIMPLIFIED = "证号码学历业职务单电话机级别条种类备注时间联系毕专龄编现从动态报认评价鉴鉴书员与处据属实关系险约开终关术师长产资岁门车间组请说"
TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
