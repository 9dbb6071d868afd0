"""What is said to somebody who may not do a thing: nothing was changed, and where to ask."""

OFFICE_ALONE = (
    "이 일은 총괄 부서만 할 수 있습니다. 아무것도 바꾸지 않았습니다. 총괄 부서가 어디인지는 `/gwannae`에 나옵니다."
)
OFFICE_OR_LEAD = (
    "이 일은 총괄 부서나 해당 부서 책임자만 할 수 있습니다. 아무것도 바꾸지 않았습니다. "
    "총괄 부서가 어디인지는 `/gwannae`에 나옵니다."
)
