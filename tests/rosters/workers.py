"""Invented workers: names from an own short list, numbers with right check digits from Hebei's divisions."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

SURNAMES = [
    "王",
    "李",
    "张",
    "刘",
    "陈",
    "杨",
    "赵",
    "黄",
    "周",
    "吴",
    "徐",
    "孙",
    "胡",
    "朱",
    "高",
    "林",
    "何",
    "郭",
    "马",
    "罗",
    "梁",
    "宋",
    "郑",
    "谢",
    "韩",
    "唐",
    "冯",
    "于",
    "董",
    "萧",
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "慕容",
]
GIVEN = [
    "岳",
    "川",
    "禾",
    "麦",
    "庚",
    "辰",
    "朔",
    "望",
    "砚",
    "溪",
    "柏",
    "桐",
    "榆",
    "槐",
    "铎",
    "钧",
    "锐",
    "钰",
    "澜",
    "汀",
    "恪",
    "谨",
    "谦",
    "讷",
    "敏",
    "允",
    "若",
    "止",
    "牧",
    "樵",
    "渔",
    "耕",
]
DIVISIONS = [
    "130102",
    "130203",
    "130204",
    "130205",
    "130207",
    "130208",
    "130209",
    "130221",
    "130223",
    "130224",
    "130225",
    "130227",
    "130229",
    "130281",
    "130283",
    "130284",
    "130302",
    "130402",
    "130502",
    "130602",
    "130629",
    "130702",
    "130802",
    "130902",
    "131002",
    "131102",
]
FIRMS = ("曹妃甸示例钢铁有限公司", "唐山示例焦化有限公司", "滦州示例机械（集团）有限公司", "迁安示例矿业有限公司")
TRADES = {
    "炼钢工": "6-17-02-02",
    "高炉炼铁工": "6-17-01-06",
    "金属轧制工": "6-17-09-02",
    "电工": "6-31-01-03",
    "焊工": "6-18-02-04",
    "炼焦工": "6-10-02-02",
}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(division: str, born: date, order: int) -> str:
    """An identity number with its check digit (GB 11643)."""
    body = f"{division}{born:%Y%m%d}{order:03d}"
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True)) % 11]


@dataclass
class Person:
    name: str
    number: str
    born: date
    male: bool
    phone: str
    firm: str
    occupation: str
    code: str
    years: float
    contract_begin: date
    prior_date: date
    prior_number: str
    cells: dict[str, object] = field(default_factory=dict)

    def clean(self) -> dict[str, object]:
        """The cells as a careful person writes them, by key of the column."""
        return {
            "name": self.name,
            "document_number": self.number,
            "sex": "男" if self.male else "女",
            "birth": self.born.isoformat(),
            "ethnicity": "汉族",
            "education": "大学专科",
            "phone": self.phone,
            "employer": self.firm,
            "job": self.occupation,
            "contract_begin": self.contract_begin.isoformat(),
            "contract_end": "无固定期限",
            "occupation_name": self.occupation,
            "occupation_code": self.code,
            "level": "三级/高级工",
            "entry_condition": "23-3-2",
            "years_in_occupation": self.years,
            "prior_number": self.prior_number,
            "prior_level": "四级/中级工",
            "prior_occupation": self.occupation,
            "prior_date": self.prior_date.isoformat(),
        }


def people(count: int, seed: int = 41) -> list[Person]:
    """The same people for the same seed; no two share a number."""
    dice = random.Random(seed)
    met: set[str] = set()
    made = []
    while len(made) < count:
        born = date(1966, 1, 1) + timedelta(days=dice.randrange(13_000))
        number = identity(dice.choice(DIVISIONS), born, dice.randrange(1, 1000))
        if number in met:
            continue
        met.add(number)
        occupation, code = dice.choice(list(TRADES.items()))
        prior = date(2020, 3, 1) + timedelta(days=dice.randrange(600))
        made.append(
            Person(
                name=dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2)))),
                number=number,
                born=born,
                male=int(number[16]) % 2 == 1,
                phone=f"1390000{len(made):04d}",
                firm=dice.choice(FIRMS),
                occupation=occupation,
                code=code,
                years=float(dice.randrange(11, 30)),
                contract_begin=date(2008, 1, 1) + timedelta(days=dice.randrange(4000)),
                prior_date=prior,
                prior_number=f"Y0000130000{dice.randrange(10, 99)}{prior:%y}4{len(made):06d}",
            )
        )
    return made
