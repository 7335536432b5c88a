"""XLSForm in and out: the questionnaires of ODK and KoboToolbox, as spreadsheets.

    form = importing.load(data, name="survey.xlsx")   # FlowErrors with sheet, row, column and what to do
    form.flow, form.remarks                           # the flow, and what chat shows differently
    workbook.write(flow)                              # the same as an .xlsx that ODK's tools take

pyxform decides what is accepted; what it lets through and no ODK client could run is refused as well.
"""
